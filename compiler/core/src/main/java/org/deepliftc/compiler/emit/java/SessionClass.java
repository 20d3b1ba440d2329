package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Buffer.Place;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.runtime.CompiledSession;

/**
 * Prints the session: the workspace, the loops over examples, references and targets, and the procedures they run. The
 * arrays of a call are fields while it runs, so that no method grows with the number of inputs.
 */
final class SessionClass {
    static final ClassName NAME = ClassName.bestGuess("Session");

    /** The distance, in rows, between the rows of a tile of what belongs to examples, references and their state. */
    private static final List<String> STEPS = List.of("exampleStep", "referenceStep", "stateStep");

    private final Layout layout;
    private final Destinations destinations;
    private final Identifiers methodNames = new Identifiers()
            .reserve(
                    "predict",
                    "explain",
                    "close",
                    "predictRows",
                    "explainRows",
                    "example",
                    "start",
                    "pair",
                    "pairTarget",
                    "finish",
                    "setInputs",
                    "setRow",
                    "setRows",
                    "setPredictions",
                    "setResults",
                    "copyPredictions",
                    "copyResults",
                    "setReferences",
                    "setBoundReferences",
                    "setTargets",
                    "useReferences",
                    "release",
                    "outputs");
    private final TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addSuperinterface(CompiledSession.class)
            .addJavadoc("The workspace of one thread. Calls allocate nothing.\n");

    private SessionClass(Layout layout) {
        this.layout = layout;
        this.destinations = Destinations.of(layout);
    }

    static TypeSpec print(Layout layout) {
        return new SessionClass(layout).print();
    }

    private TypeSpec print() {
        addFields();
        addConstructor();
        new SessionCalls(layout, destinations, methodNames).methods().forEach(type::addMethod);
        addRows();
        addPhases();
        return type.build();
    }

    private void addFields() {
        layout.slots(true).forEach((slot, size) -> {
            Class<?> array = JavaTypes.array(slot.kind(), layout.type);
            type.addField(allocated(array, slot.name(), CodeBlock.of("$L", size)));
        });
        for (Buffer buffer : layout.buffers(Place.RESULT)) {
            Class<?> array = JavaTypes.array(buffer, layout.type);
            CodeBlock size = CodeBlock.of("$L", layout.arraySize(buffer, 1));
            type.addField(allocated(array, layout.sessionFields.get(buffer), size));
        }
        for (Buffer buffer : layout.buffers(Place.ACCUMULATOR)) {
            Class<?> array = JavaTypes.array(buffer, layout.type);
            int slots = Math.max(1, layout.targetCount());
            FieldSpec.Builder field = FieldSpec.builder(array, layout.sessionFields.get(buffer), Modifier.PRIVATE)
                    .initializer("new $T[$L]", array.componentType(), layout.arraySize(buffer, slots));
            type.addField(field.build());
        }
        addTargetFields();
        for (LoopProgram.Port port : layout.program.inputs()) {
            addRowField(port.buffer());
        }
        for (Buffer buffer : layout.program.referenceInputs()) {
            addRowField(buffer);
            type.addField(int.class, layout.sessionFields.get(buffer).concat("First"), Modifier.PRIVATE);
        }
        addCodedFields();
        for (Destinations.Destination to : destinations.predictions()) {
            type.addField(layout.array(), to.field(), Modifier.PRIVATE);
        }
        for (Destinations.Destination to : destinations.explanations()) {
            type.addField(layout.array(), to.field(), Modifier.PRIVATE);
        }
    }

    private static FieldSpec allocated(Class<?> array, String name, CodeBlock size) {
        return FieldSpec.builder(array, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T[$L]", array.componentType(), size)
                .build();
    }

    private void addCodedFields() {
        layout.coded(false).forEach(input -> input.addFields(type));
        layout.coded(true).forEach(input -> input.addFields(type));
    }

    private void addRowField(Buffer buffer) {
        type.addField(layout.array(), layout.sessionFields.get(buffer), Modifier.PRIVATE);
        type.addField(int.class, layout.sessionFields.get(buffer).concat("At"), Modifier.PRIVATE);
    }

    private void addTargetFields() {
        if (layout.program.targetsGiven()) {
            type.addField(int[].class, "targets", Modifier.PRIVATE);
            type.addField(allocated(int[].class, "oneTarget", CodeBlock.of("1")));
        } else if (layout.hasTargets()) {
            CodeBlock indices = layout.program.targets().stream()
                    .map(target -> CodeBlock.of("$L", target))
                    .collect(CodeBlock.joining(", "));
            type.addField(FieldSpec.builder(int[].class, "targets", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new int[] {$L}", indices)
                    .build());
        }
    }

    private void addConstructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        for (int group = 1; group <= layout.groups(); group++) {
            String field = layout.constantsField(group);
            type.addField(ModelClass.weightsType(layout, group), field, Modifier.PRIVATE, Modifier.FINAL);
            constructor.addParameter(ModelClass.weightsType(layout, group), field);
            constructor.addStatement("this.$L = $L", field, field);
        }
        if (layout.isVectorised()) {
            type.addField(boolean.class, "always", Modifier.PRIVATE, Modifier.FINAL);
            type.addField(boolean.class, "vectors", Modifier.PRIVATE);
            constructor.addParameter(boolean.class, "always").addStatement("this.always = always");
        }
        if (layout.hasReferences()) {
            ClassName references = ModelClass.referencesType(layout);
            type.addField(references, "references", Modifier.PRIVATE, Modifier.FINAL);
            type.addField(references, "own", Modifier.PRIVATE);
            type.addField(references, "active", Modifier.PRIVATE);
            type.addField(int.class, "referenceCount", Modifier.PRIVATE);
            if (layout.hasRows()) {
                STEPS.forEach(step -> type.addField(int.class, step, Modifier.PRIVATE));
            }
            constructor
                    .addParameter(references, "references")
                    .addStatement("this.references = references")
                    .beginControlFlow("if (references == null)")
                    .addStatement("own = new $T($L)", references, layout.tile())
                    .endControlFlow();
        }
        type.addMethod(constructor.build());
    }

    /** What runs for the rows of a tile: the loops of an explanation, and copying results to where they are wanted. */
    private void addRows() {
        List<ParameterSpec> parameters = new ArrayList<>();
        parameters.add(ParameterSpec.builder(int.class, "row").build());
        if (layout.hasRows()) {
            parameters.add(ParameterSpec.builder(int.class, "rows").build());
        }
        type.addMethod(MethodSpec.methodBuilder("predictRows")
                .addModifiers(Modifier.PRIVATE)
                .addParameters(parameters)
                .addCode(chooseCode())
                .addStatement(layout.hasRows() ? "outputs(rows)" : "outputs()")
                .addStatement(layout.hasRows() ? "copyPredictions(row, 1, rows)" : "copyPredictions(row)")
                .build());
        MethodSpec.Builder explain = MethodSpec.methodBuilder("explainRows")
                .addModifiers(Modifier.PRIVATE)
                .addParameters(parameters);
        explain.addCode(chooseCode());
        boolean references = layout.hasReferences();
        if (references && layout.hasRows() && !layout.referencesAbreast()) {
            explain.addStatement("exampleStep = 1")
                    .addStatement("referenceStep = active == own ? referenceCount : 0")
                    .addStatement("stateStep = active == own ? 1 : 0");
        } else if (references && layout.hasRows()) {
            explain.addComment("One example: the tile is its references. Several: each reference in turn.")
                    .addStatement("boolean one = rows == 1")
                    .addStatement("exampleStep = one ? 0 : 1")
                    .addStatement("referenceStep = one ? 1 : active == own ? referenceCount : 0")
                    .addStatement("stateStep = one || active == own ? 1 : 0")
                    .addStatement("int step = one ? $L : 1", layout.tile());
        }
        run(explain, Phase.EXAMPLE, false);
        run(explain, Phase.START, false);
        if (references) {
            String step = layout.referencesAbreast() ? "i += step" : "i++";
            explain.beginControlFlow("for (int i = 0; i < referenceCount; $L)", step);
            if (layout.referencesAbreast()) {
                explain.addStatement("int pairs = one ? $T.min(step, referenceCount - i) : rows", Math.class);
            }
            String pairs = !layout.hasRows() ? "" : layout.referencesAbreast() ? ", pairs" : ", rows";
            explain.addStatement("int reference = useReferences(i$L)", pairs);
        }
        if (layout.hasPath()) {
            explain.beginControlFlow("for (int point = 0; point < $L; point++)", layout.program.points());
        }
        run(explain, Phase.PAIR, references);
        run(explain, Phase.PAIR_TARGET, references);
        if (layout.hasPath()) {
            explain.endControlFlow();
        }
        if (references) {
            explain.endControlFlow();
        }
        finish(explain);
        type.addMethod(explain.build());
        addCopies("copyPredictions", destinations.predictions());
        addCopies("copyResults", destinations.explanations());
    }

    private CodeBlock chooseCode() {
        return layout.isVectorised()
                ? CodeBlock.builder()
                        .addStatement("vectors = always || VECTORS.isReady()")
                        .build()
                : CodeBlock.of("");
    }

    private void run(MethodSpec.Builder explain, Phase phase, boolean reference) {
        if (layout.program.steps(phase).isEmpty()) {
            return;
        }
        boolean targets = perTarget(phase) && layout.hasTargets();
        if (targets) {
            explain.beginControlFlow("for (int slot = 0; slot < targets.length; slot++)");
        }
        boolean point = layout.hasPath() && (phase == Phase.PAIR || phase == Phase.PAIR_TARGET);
        explain.addStatement("$L($L)", methodName(phase), arguments(reference, point, targets));
        if (targets) {
            explain.endControlFlow();
        }
    }

    private void finish(MethodSpec.Builder explain) {
        if (layout.hasTargets()) {
            explain.beginControlFlow("for (int slot = 0; slot < targets.length; slot++)");
        }
        if (!layout.program.steps(Phase.FINISH).isEmpty()) {
            explain.addStatement("finish($L)", arguments(false, false, layout.hasTargets()));
        }
        String rows = !layout.hasRows() ? "" : layout.hasTargets() ? ", targets.length, rows" : ", 1, rows";
        if (layout.hasTargets()) {
            explain.addStatement("copyResults(row * targets.length + slot$L)", rows)
                    .endControlFlow();
        } else {
            explain.addStatement("copyResults(row$L)", rows);
        }
    }

    private CodeBlock arguments(boolean reference, boolean point, boolean targets) {
        List<String> all = new ArrayList<>();
        if (layout.hasRows()) {
            all.add(reference && layout.referencesAbreast() ? "pairs" : "rows");
        }
        if (reference) {
            all.add("reference");
        }
        if (point) {
            all.add("point");
        }
        if (targets) {
            all.add("slot");
            all.add("targets[slot]");
        }
        return CodeBlock.of("$L", String.join(", ", all));
    }

    private void addCopies(String name, List<Destinations.Destination> all) {
        List<CodeBlock> statements = new ArrayList<>();
        for (Destinations.Destination to : all) {
            CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("if ($L != null)", to.field());
            String result = layout.sessionFields.get(to.buffer());
            int size = to.buffer().used();
            if (layout.hasRows()) {
                code.beginControlFlow("for (int i = 0; i < rows; i++)");
            }
            String row = layout.hasRows() ? "(at + i * step)" : "at";
            if (size == 1) {
                String from = layout.hasRows() ? "i" : "0";
                code.addStatement(
                        "$L[$L] = $L[$L]", to.field(), layout.hasRows() ? "at + i * step" : "at", result, from);
            } else {
                CodeBlock from =
                        layout.hasRows() ? CodeBlock.of("i * $L", to.buffer().size()) : CodeBlock.of("0");
                code.addStatement(
                        "$T.arraycopy($L, $L, $L, $L * $L, $L)",
                        System.class,
                        result,
                        from,
                        to.field(),
                        row,
                        size,
                        size);
            }
            if (layout.hasRows()) {
                code.endControlFlow();
            }
            statements.add(code.endControlFlow().build());
        }
        List<ParameterSpec> parameters = new ArrayList<>();
        for (String parameter : layout.hasRows() ? List.of("at", "step", "rows") : List.of("at")) {
            parameters.add(ParameterSpec.builder(int.class, parameter).build());
        }
        LongMethod.print(name, "Copies results to where the caller wants them.", parameters, statements, methodNames)
                .forEach(type::addMethod);
    }

    private void addPhases() {
        PhaseMethods.Place place = new PhaseMethods.Place() {
            @Override
            public List<CodeBlock> arguments(Buffer buffer) {
                return SessionClass.this.arguments(buffer);
            }

            @Override
            public CodeBlock step(Buffer buffer) {
                return SessionClass.step(buffer);
            }
        };
        ProcedureMethods methods = new ProcedureMethods(layout.type, methodNames);
        PhaseMethods scalars = new PhaseMethods(layout, methodNames, methods, "", place);
        for (Phase phase : Phase.values()) {
            boolean printed =
                    phase == Phase.PREDICT || !layout.program.steps(phase).isEmpty();
            if (phase == Phase.REFERENCE || phase == Phase.LOAD || !printed) {
                continue;
            }
            List<ParameterSpec> parameters = parameters(phase);
            String name = methodName(phase);
            if (layout.isVectorised()) {
                CodeBlock arguments =
                        parameters.stream().map(p -> CodeBlock.of("$N", p)).collect(CodeBlock.joining(", "));
                type.addMethod(MethodSpec.methodBuilder(name)
                        .addModifiers(Modifier.PRIVATE)
                        .addJavadoc("$L\n", comment(phase))
                        .addParameters(parameters)
                        .beginControlFlow("if (vectors)")
                        .addStatement("$LVectors($L)", name, arguments)
                        .nextControlFlow("else")
                        .addStatement("$LScalars($L)", name, arguments)
                        .endControlFlow()
                        .build());
                new PhaseMethods(layout, methodNames, layout.vectorMethods, VectorsClass.NAME.concat("."), place)
                        .print(
                                name.concat("Vectors"),
                                comment(phase),
                                parameters,
                                layout.vectors.get(phase),
                                Modifier.PRIVATE)
                        .forEach(type::addMethod);
                name = name.concat("Scalars");
            }
            scalars.print(name, comment(phase), parameters, layout.program.steps(phase), Modifier.PRIVATE)
                    .forEach(type::addMethod);
        }
        methods.all().forEach(type::addMethod);
    }

    private List<ParameterSpec> parameters(Phase phase) {
        List<ParameterSpec> parameters = new ArrayList<>();
        if (layout.hasRows()) {
            parameters.add(ParameterSpec.builder(int.class, "rows").build());
        }
        if (layout.hasReferences() && (phase == Phase.PAIR || phase == Phase.PAIR_TARGET)) {
            parameters.add(ParameterSpec.builder(int.class, "reference").build());
        }
        if (layout.hasPath() && (phase == Phase.PAIR || phase == Phase.PAIR_TARGET)) {
            parameters.add(ParameterSpec.builder(int.class, "point").build());
        }
        if (layout.hasTargets() && perTarget(phase)) {
            parameters.add(ParameterSpec.builder(int.class, "slot").build());
            parameters.add(ParameterSpec.builder(int.class, "target").build());
        }
        return parameters;
    }

    private List<CodeBlock> arguments(Buffer buffer) {
        String field = layout.sessionFields.get(buffer);
        return switch (buffer.place()) {
            case CONSTANT, DERIVED -> List.of(layout.constant(buffer));
            case INPUT, REFERENCE_INPUT -> List.of(CodeBlock.of("$L", field), CodeBlock.of("$LAt", field));
            case STATE ->
                List.of(
                        CodeBlock.of("active.$L", layout.referenceFields.get(buffer)),
                        slotOffset("reference", buffer.size()));
            case ACCUMULATOR ->
                List.of(
                        CodeBlock.of("$L", field),
                        layout.hasTargets() ? slotOffset("slot", buffer.size() * layout.tile()) : CodeBlock.of("0"));
            case RESULT -> List.of(CodeBlock.of("$L", field));
            case TARGET ->
                List.of(
                        layout.hasTargets()
                                ? CodeBlock.of("target")
                                : CodeBlock.of("$L", layout.program.targets().get(0)));
            case STEP -> List.of(CodeBlock.of("point"));
            case WORKSPACE, SCRATCH -> throw new IllegalStateException("workspace has aliases");
        };
    }

    private static CodeBlock step(Buffer buffer) {
        String step = switch (buffer.place()) {
            case INPUT, ACCUMULATOR, WORKSPACE -> "exampleStep";
            case REFERENCE_INPUT -> "referenceStep";
            case STATE -> "stateStep";
            case CONSTANT, DERIVED, SCRATCH, RESULT, TARGET, STEP ->
                throw new IllegalArgumentException(buffer + " has one distance between its rows");
        };
        return CodeBlock.of("$L * $L", step, buffer.size());
    }

    static CodeBlock slotOffset(String slot, int size) {
        return size == 1 ? CodeBlock.of("$L", slot) : CodeBlock.of("$L * $L", slot, size);
    }

    private static boolean perTarget(Phase phase) {
        return phase == Phase.START || phase == Phase.PAIR_TARGET || phase == Phase.FINISH;
    }

    private static String methodName(Phase phase) {
        return switch (phase) {
            case LOAD -> "derive";
            case PREDICT -> "outputs";
            case REFERENCE -> "compute";
            case EXAMPLE -> "example";
            case START -> "start";
            case PAIR -> "pair";
            case PAIR_TARGET -> "pairTarget";
            case FINISH -> "finish";
        };
    }

    private String comment(Phase phase) {
        return switch (phase) {
            case LOAD -> "Once, when the class is loaded.";
            case PREDICT -> "The model's outputs of one example.";
            case REFERENCE -> "What depends on the reference alone.";
            case EXAMPLE -> "What depends on the example alone.";
            case START -> "Before the first reference of an example.";
            case PAIR ->
                layout.hasPath()
                        ? "What depends on a point of the path from a reference to an example."
                        : "What depends on an example and a reference.";
            case PAIR_TARGET ->
                layout.hasReferences()
                        ? "What depends on the target, an example and a reference."
                        : "What depends on the target.";
            case FINISH -> "After the last reference of an example.";
        };
    }
}
