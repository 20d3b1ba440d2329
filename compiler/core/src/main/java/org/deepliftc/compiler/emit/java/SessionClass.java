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

    private final Layout layout;
    private final Destinations destinations;
    private final Identifiers methodNames = new Identifiers()
            .reserve(
                    "predict",
                    "explain",
                    "close",
                    "predictRow",
                    "explainRow",
                    "example",
                    "start",
                    "pair",
                    "pairTarget",
                    "finish",
                    "setInputs",
                    "setRow",
                    "setPredictions",
                    "setResults",
                    "copyPredictions",
                    "copyResults",
                    "setReferences",
                    "setBoundReferences",
                    "setTargets",
                    "useReference",
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
            type.addField(allocated(array, layout.sessionFields.get(buffer), CodeBlock.of("$L", buffer.size())));
        }
        for (Buffer buffer : layout.buffers(Place.ACCUMULATOR)) {
            Class<?> array = JavaTypes.array(buffer, layout.type);
            int slots = Math.max(1, layout.targetCount());
            FieldSpec.Builder field = FieldSpec.builder(array, layout.sessionFields.get(buffer), Modifier.PRIVATE)
                    .initializer("new $T[$L]", array.componentType(), Math.multiplyExact(slots, buffer.size()));
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
        for (int group = 1; group <= layout.weights.size(); group++) {
            String field = Layout.weightsField(group);
            type.addField(ModelClass.weightsType(layout, group), field, Modifier.PRIVATE, Modifier.FINAL);
            constructor.addParameter(ModelClass.weightsType(layout, group), field);
            constructor.addStatement("this.$L = $L", field, field);
        }
        if (layout.hasReferences()) {
            ClassName references = ModelClass.referencesType(layout);
            type.addField(references, "references", Modifier.PRIVATE, Modifier.FINAL);
            type.addField(references, "own", Modifier.PRIVATE);
            type.addField(references, "active", Modifier.PRIVATE);
            type.addField(int.class, "referenceCount", Modifier.PRIVATE);
            constructor
                    .addParameter(references, "references")
                    .addStatement("this.references = references")
                    .beginControlFlow("if (references == null)")
                    .addStatement("own = new $T(1)", references)
                    .endControlFlow();
        }
        type.addMethod(constructor.build());
    }

    /** What runs for one row: the loops of an explanation, and copying results to where the caller wants them. */
    private void addRows() {
        ParameterSpec row = ParameterSpec.builder(int.class, "row").build();
        type.addMethod(MethodSpec.methodBuilder("predictRow")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(row)
                .addStatement("outputs()")
                .addStatement("copyPredictions(row)")
                .build());
        MethodSpec.Builder explain = MethodSpec.methodBuilder("explainRow")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(row);
        run(explain, Phase.EXAMPLE, false);
        run(explain, Phase.START, false);
        if (layout.hasReferences()) {
            explain.beginControlFlow("for (int i = 0; i < referenceCount; i++)");
            explain.addStatement("int reference = useReference(i)");
        }
        run(explain, Phase.PAIR, layout.hasReferences());
        run(explain, Phase.PAIR_TARGET, layout.hasReferences());
        if (layout.hasReferences()) {
            explain.endControlFlow();
        }
        finish(explain);
        type.addMethod(explain.build());
        addCopies("copyPredictions", destinations.predictions());
        addCopies("copyResults", destinations.explanations());
    }

    private void run(MethodSpec.Builder explain, Phase phase, boolean reference) {
        if (layout.program.steps(phase).isEmpty()) {
            return;
        }
        boolean targets = perTarget(phase) && layout.hasTargets();
        if (targets) {
            explain.beginControlFlow("for (int slot = 0; slot < targets.length; slot++)");
        }
        explain.addStatement("$L($L)", methodName(phase), arguments(reference, targets));
        if (targets) {
            explain.endControlFlow();
        }
    }

    private void finish(MethodSpec.Builder explain) {
        if (layout.hasTargets()) {
            explain.beginControlFlow("for (int slot = 0; slot < targets.length; slot++)");
        }
        if (!layout.program.steps(Phase.FINISH).isEmpty()) {
            explain.addStatement("finish($L)", arguments(false, layout.hasTargets()));
        }
        if (layout.hasTargets()) {
            explain.addStatement("copyResults(row * targets.length + slot)").endControlFlow();
        } else {
            explain.addStatement("copyResults(row)");
        }
    }

    private static CodeBlock arguments(boolean reference, boolean targets) {
        return CodeBlock.of(
                reference && targets
                        ? "reference, slot, targets[slot]"
                        : reference ? "reference" : targets ? "slot, targets[slot]" : "");
    }

    private void addCopies(String name, List<Destinations.Destination> all) {
        List<CodeBlock> statements = new ArrayList<>();
        for (Destinations.Destination to : all) {
            CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("if ($L != null)", to.field());
            String result = layout.sessionFields.get(to.buffer());
            int size = to.buffer().size();
            if (size == 1) {
                code.addStatement("$L[at] = $L[0]", to.field(), result);
            } else {
                code.addStatement("$T.arraycopy($L, 0, $L, at * $L, $L)", System.class, result, to.field(), size, size);
            }
            statements.add(code.endControlFlow().build());
        }
        ParameterSpec at = ParameterSpec.builder(int.class, "at").build();
        LongMethod.print(name, "Copies results to where the caller wants them.", List.of(at), statements, methodNames)
                .forEach(type::addMethod);
    }

    private void addPhases() {
        PhaseMethods phases = new PhaseMethods(layout, methodNames, this::arguments);
        for (Phase phase : Phase.values()) {
            if (phase != Phase.REFERENCE
                    && (phase == Phase.PREDICT || !layout.program.steps(phase).isEmpty())) {
                List<ParameterSpec> parameters = new ArrayList<>();
                if (layout.hasReferences() && (phase == Phase.PAIR || phase == Phase.PAIR_TARGET)) {
                    parameters.add(ParameterSpec.builder(int.class, "reference").build());
                }
                if (layout.hasTargets() && perTarget(phase)) {
                    parameters.add(ParameterSpec.builder(int.class, "slot").build());
                    parameters.add(ParameterSpec.builder(int.class, "target").build());
                }
                phases.print(
                                methodName(phase),
                                comment(phase),
                                parameters,
                                layout.program.steps(phase),
                                Modifier.PRIVATE)
                        .forEach(type::addMethod);
            }
        }
        phases.procedures().forEach(type::addMethod);
    }

    private List<CodeBlock> arguments(Buffer buffer) {
        String field = layout.sessionFields.get(buffer);
        return switch (buffer.place()) {
            case CONSTANT -> List.of(layout.constant(buffer));
            case INPUT, REFERENCE_INPUT -> List.of(CodeBlock.of("$L", field), CodeBlock.of("$LAt", field));
            case STATE ->
                List.of(
                        CodeBlock.of("active.$L", layout.referenceFields.get(buffer)),
                        slotOffset("reference", buffer.size()));
            case ACCUMULATOR ->
                List.of(
                        CodeBlock.of("$L", field),
                        layout.hasTargets() ? slotOffset("slot", buffer.size()) : CodeBlock.of("0"));
            case RESULT -> List.of(CodeBlock.of("$L", field));
            case TARGET ->
                List.of(
                        layout.hasTargets()
                                ? CodeBlock.of("target")
                                : CodeBlock.of("$L", layout.program.targets().get(0)));
            case WORKSPACE -> throw new IllegalStateException("workspace has aliases");
        };
    }

    static CodeBlock slotOffset(String slot, int size) {
        return size == 1 ? CodeBlock.of("$L", slot) : CodeBlock.of("$L * $L", slot, size);
    }

    private static boolean perTarget(Phase phase) {
        return phase == Phase.START || phase == Phase.PAIR_TARGET || phase == Phase.FINISH;
    }

    private static String methodName(Phase phase) {
        return switch (phase) {
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
            case PREDICT -> "The model's outputs of one example.";
            case REFERENCE -> "What depends on the reference alone.";
            case EXAMPLE -> "What depends on the example alone.";
            case START -> "Before the first reference of an example.";
            case PAIR -> "What depends on an example and a reference.";
            case PAIR_TARGET ->
                layout.hasReferences()
                        ? "What depends on the target, an example and a reference."
                        : "What depends on the target.";
            case FINISH -> "After the last reference of an example.";
        };
    }
}
