package org.deepliftc.compiler.emit.java;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.runtime.Arguments;
import org.deepliftc.runtime.Batch;

/**
 * Prints the public methods of a session and the checks of their arguments. Example of a typed one:
 *
 * <pre>
 * public void explain(float[] dna, float[] contributions) {
 *     this.dna = Arguments.exactly("dna", dna, 800);
 *     this.dnaAt = 0;
 *     dnaContributionsTo = Arguments.exactly("contributions", contributions, 800);
 *     explainRow(0);
 * }
 * </pre>
 */
final class SessionCalls {

    /** Parameters of a typed method: beyond it only the general methods are offered. */
    private static final int MOST_PARAMETERS = 200;

    private final Layout layout;
    private final LoopProgram program;
    private final Destinations destinations;
    private final Identifiers methodNames;
    private final List<MethodSpec> methods = new ArrayList<>();

    SessionCalls(Layout layout, Destinations destinations, Identifiers methodNames) {
        this.layout = layout;
        this.program = layout.program;
        this.destinations = destinations;
        this.methodNames = methodNames;
    }

    List<MethodSpec> methods() {
        addTyped(false);
        if (!layout.coded(false).isEmpty()) {
            addTyped(true);
        }
        addPredict();
        addExplain();
        addSettings();
        if (layout.hasReferences()) {
            addReferences();
        }
        if (program.targetsGiven()) {
            addSetTargets();
        }
        addRelease();
        return methods;
    }

    /** {@code codes} with bytes for the inputs that may be given so. */
    private void addTyped(boolean codes) {
        if (layout.inputs() + program.predictions().size() <= MOST_PARAMETERS) {
            addTypedPredict(codes);
        }
        if (3 * layout.inputs() <= MOST_PARAMETERS) {
            addTypedExplain(false, codes);
            if (layout.hasReferences()) {
                addTypedExplain(true, codes);
            }
        }
    }

    private void addTypedPredict(boolean codes) {
        Identifiers names = new Identifiers();
        MethodSpec.Builder predict = MethodSpec.methodBuilder("predict")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Computes the outputs of one example.\n\n");
        addInputParameters(predict, names, codes);
        for (Destinations.Destination to : destinations.predictions()) {
            addResult(predict, names.allocate(to.label()), to, to.buffer().used(), "out");
        }
        methods.add(predict.addStatement(layout.hasRows() ? "predictRows(0, 1)" : "predictRows(0)")
                .build());
    }

    /** {@code given} with the references as parameters, else with those bound or compiled in. */
    private void addTypedExplain(boolean given, boolean codes) {
        Identifiers names = new Identifiers();
        MethodSpec.Builder explain = MethodSpec.methodBuilder("explain").addModifiers(Modifier.PUBLIC);
        explain.addJavadoc(
                given
                        ? "Explains one example by the mean over the references given.\n\n"
                        : "Explains one example.\n\n");
        addInputParameters(explain, names, codes);
        if (given) {
            addReferenceParameters(explain, names, codes);
        } else if (layout.hasReferences()) {
            explain.addStatement("setBoundReferences()");
        }
        if (program.targetsGiven()) {
            String target = names.allocate("target");
            explain.addParameter(int.class, target)
                    .addJavadoc("@param $L the index of the neuron to explain\n", target)
                    .addStatement("oneTarget[0] = $L", target)
                    .addStatement("setTargets(oneTarget)");
        }
        int targets = Math.max(1, layout.targetCount());
        List<Destinations.Destination> contributions = destinations.contributions(layout.inputs());
        for (int i = 0; i < contributions.size(); i++) {
            Destinations.Destination to = contributions.get(i);
            String role = layout.inputs() == 1 ? "contributions" : to.label();
            if (layout.inputs() > 1) {
                role = program.inputs().get(i).name().concat("_contributions");
            }
            addResult(
                    explain,
                    names.allocate(role),
                    to,
                    Math.multiplyExact(targets, to.buffer().used()),
                    "out");
        }
        for (Destinations.Destination to : destinations
                .explanations()
                .subList(contributions.size(), destinations.explanations().size())) {
            explain.addStatement("this.$L = null", to.field());
        }
        methods.add(explain.addStatement(layout.hasRows() ? "explainRows(0, 1)" : "explainRows(0)")
                .build());
    }

    private void addInputParameters(MethodSpec.Builder method, Identifiers names, boolean codes) {
        for (int i = 0; i < layout.inputs(); i++) {
            LoopProgram.Port port = program.inputs().get(i);
            String name = names.allocate(port.name());
            String field = layout.sessionFields.get(port.buffer());
            Optional<CodedInput> coded = layout.coded(i, false).filter(input -> codes);
            if (coded.isPresent()) {
                int positions = coded.get().positions();
                method.addParameter(byte[].class, name)
                        .addJavadoc(
                                "@param $L {@code [$L]}: which of $L symbols stands at each position, another number for"
                                        + " none; not modified\n",
                                name,
                                positions,
                                coded.get().symbols())
                        .addCode(coded.get()
                                .expand(exactly(port.name(), name, positions), CodeBlock.of("0"), CodeBlock.of("1")));
                continue;
            }
            method.addParameter(layout.array(), name)
                    .addJavadoc("@param $L {@code $L}, not modified\n", name, port.shape())
                    .addStatement(
                            "this.$L = $L",
                            field,
                            exactly(port.name(), name, port.buffer().size()))
                    .addStatement("this.$LAt = 0", field);
        }
    }

    private void addReferenceParameters(MethodSpec.Builder method, Identifiers names, boolean codes) {
        method.beginControlFlow("if (own == null)")
                .addStatement("own = new $T($L)", ModelClass.referencesType(layout), layout.tile())
                .endControlFlow()
                .addStatement("active = own");
        for (int i = 0; i < program.referenceInputs().size(); i++) {
            LoopProgram.Port port = program.inputs().get(i);
            Optional<CodedInput> coded = layout.coded(i, true);
            boolean bytes = codes && coded.isPresent();
            int size = bytes ? coded.get().positions() : port.buffer().size();
            String name = names.allocate(port.name().concat("_references"));
            String field = layout.sessionFields.get(program.referenceInputs().get(i));
            method.addParameter(bytes ? byte[].class : layout.array(), name)
                    .addJavadoc(
                            "@param $L one or more of {@code $L}, not modified\n",
                            name,
                            bytes ? List.of(size) : port.shape());
            String label = "references of ".concat(SourceText.comment(port.name()));
            method.addStatement(
                    "this.$L = $T.$L($S, $L, $L, $L)",
                    bytes ? coded.get().codes() : field,
                    Arguments.class,
                    bytes ? "codes" : layout.checked(),
                    label,
                    name,
                    i == 0 ? "1" : "referenceCount",
                    size);
            if (coded.isPresent() && !bytes) {
                method.addStatement("this.$L = null", coded.get().codes());
            }
            if (i == 0) {
                method.addStatement(
                        "referenceCount = $T.referenceCount($S, $L.length, $L)",
                        Arguments.class,
                        SourceText.comment(port.name()),
                        name,
                        size);
            }
            method.addStatement("this.$LFirst = 0", field);
        }
    }

    private void addResult(
            MethodSpec.Builder method, String name, Destinations.Destination to, int size, String direction) {
        method.addParameter(layout.array(), name)
                .addJavadoc("@param $L $L: {@code [$L]}\n", name, direction, size)
                .addStatement("this.$L = $L", to.field(), exactly(to.label(), name, size));
    }

    private static CodeBlock exactly(String label, String name, int size) {
        return CodeBlock.of("$T.exactly($S, $L, $L)", Arguments.class, SourceText.comment(label), name, size);
    }

    private MethodSpec.Builder general(String name) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Batch.class, "batch")
                .addParameter(int.class, "first")
                .addParameter(int.class, "count")
                .addStatement("$T.rows(batch, first, count, $L)", Arguments.class, layout.inputs())
                .addStatement("setInputs(batch)");
    }

    private void addPredict() {
        methods.add(general("predict")
                .addStatement("setPredictions(batch)")
                .addCode(eachTile(CodeBlock.of("$T.min($L, first + count - row)", Math.class, layout.tile())))
                .addStatement(layout.hasRows() ? "setRows(row, rows)" : "setRow(row)")
                .addStatement(layout.hasRows() ? "predictRows(row, rows)" : "predictRows(row)")
                .addCode(endTile())
                .addStatement("release()")
                .build());
    }

    private void addExplain() {
        MethodSpec.Builder explain = general("explain");
        if (program.targetsGiven()) {
            explain.addStatement("setTargets(batch.targets())");
        } else {
            explain.addStatement("$T.noTargets(batch.targets())", Arguments.class);
        }
        if (layout.hasReferences()) {
            explain.addStatement("setReferences(batch)");
        } else {
            explain.addStatement("$T.noReferences(batch)", Arguments.class);
        }
        CodeBlock rows = CodeBlock.of("$T.min($L, first + count - row)", Math.class, layout.tile());
        if (layout.hasReferences() && layout.hasRows()) {
            // More references than examples are left: a tile of references is the fuller one.
            List<CodedInput> coded = layout.coded(true);
            rows = coded.isEmpty()
                    ? CodeBlock.of("$L < referenceCount ? 1 : $L", rows, rows)
                    : CodeBlock.of("$L < referenceCount || $L ? 1 : $L", rows, CodedInput.anyGiven(coded), rows);
        }
        explain.addStatement("setResults(batch)")
                .addCode(eachTile(rows))
                .addStatement(layout.hasRows() ? "setRows(row, rows)" : "setRow(row)");
        if (layout.hasReferences()) {
            explain.beginControlFlow("if (active == own)");
            for (int i = 0; i < layout.inputs(); i++) {
                Buffer buffer = program.referenceInputs().get(i);
                CodeBlock size = layout.coded(i, true)
                        .map(input ->
                                CodeBlock.of("($L != null ? $L : $L)", input.codes(), input.positions(), buffer.size()))
                        .orElse(CodeBlock.of("$L", buffer.size()));
                explain.addStatement("$LFirst = row * referenceCount * $L", layout.sessionFields.get(buffer), size);
            }
            explain.endControlFlow();
        }
        methods.add(explain.addStatement(layout.hasRows() ? "explainRows(row, rows)" : "explainRows(row)")
                .addCode(endTile())
                .addStatement("release()")
                .build());
    }

    private CodeBlock eachTile(CodeBlock rows) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (!layout.hasRows()) {
            return code.beginControlFlow("for (int row = first; row < first + count; row++)")
                    .build();
        }
        code.addStatement("int row = first")
                .beginControlFlow("while (row < first + count)")
                .addStatement("int rows = $L", rows);
        return code.build();
    }

    private CodeBlock endTile() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (layout.hasRows()) {
            code.addStatement("row += rows");
        }
        return code.endControlFlow().build();
    }

    private void addSettings() {
        ParameterSpec batch = ParameterSpec.builder(Batch.class, "batch").build();
        List<CodeBlock> inputs = new ArrayList<>();
        List<CodeBlock> rows = new ArrayList<>();
        for (int i = 0; i < layout.inputs(); i++) {
            LoopProgram.Port port = program.inputs().get(i);
            String field = layout.sessionFields.get(port.buffer());
            int size = port.buffer().size();
            String label = SourceText.comment(port.name());
            CodeBlock array = CodeBlock.of("batch.input($L)", i);
            CodeBlock at = CodeBlock.of("row * $L", size);
            Optional<CodedInput> coded = layout.coded(i, false);
            if (coded.isPresent()) {
                CodeBlock first = CodeBlock.of("row * $L", coded.get().positions());
                inputs.add(coded.get().take(label, array, CodeBlock.of("batch.examples()")));
                rows.add(coded.get().choose(first, CodeBlock.of(layout.hasRows() ? "rows" : "1"), at));
                continue;
            }
            inputs.add(LongMethod.statement(
                    "$L = $T.$L($S, $L, batch.examples(), $L)",
                    field,
                    Arguments.class,
                    layout.checked(),
                    label,
                    array,
                    size));
            rows.add(LongMethod.statement("$LAt = $L", field, at));
        }
        add("setInputs", "Takes the inputs of a batch.", List.of(batch), inputs);
        ParameterSpec row = ParameterSpec.builder(int.class, "row").build();
        ParameterSpec count = ParameterSpec.builder(int.class, "rows").build();
        if (layout.hasRows()) {
            add("setRows", "Makes rows the current examples.", List.of(row, count), rows);
        } else {
            add("setRow", "Makes a row the current example.", List.of(row), rows);
        }
        List<CodeBlock> predictions = new ArrayList<>();
        destinations.predictions().forEach(to -> predictions.add(wanted(to, CodeBlock.of("batch.examples()"))));
        add("setPredictions", "Takes the arrays that predictions go to.", List.of(batch), predictions);
        CodeBlock each = layout.hasTargets()
                ? CodeBlock.of("(long) batch.examples() * targets.length")
                : CodeBlock.of("batch.examples()");
        List<CodeBlock> results = new ArrayList<>(destinations.absent());
        destinations.explanations().forEach(to -> results.add(wanted(to, each)));
        add("setResults", "Takes the arrays that results go to; null where not wanted.", List.of(batch), results);
    }

    private CodeBlock wanted(Destinations.Destination to, CodeBlock rows) {
        return LongMethod.statement(
                "$L = $T.$LOrNull($S, $L, $L, $L)",
                to.field(),
                Arguments.class,
                layout.checked(),
                to.label(),
                to.fromBatch(),
                rows,
                to.buffer().used());
    }

    private void add(String name, String comment, List<ParameterSpec> parameters, List<CodeBlock> statements) {
        methods.addAll(LongMethod.print(name, comment, parameters, statements, methodNames));
    }

    private void addReferences() {
        MethodSpec.Builder set = MethodSpec.methodBuilder("setReferences")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Takes the references of a batch, or else those the model is bound to.\n")
                .addParameter(Batch.class, "batch")
                .beginControlFlow("if (!batch.hasReferences())")
                .addStatement("setBoundReferences()")
                .addStatement("return")
                .endControlFlow()
                .beginControlFlow("if (own == null)")
                .addStatement("own = new $T($L)", ModelClass.referencesType(layout), layout.tile())
                .endControlFlow()
                .addStatement("active = own")
                .addStatement("referenceCount = batch.referencesPerExample()");
        MethodSpec.Builder bound = MethodSpec.methodBuilder("setBoundReferences")
                .addModifiers(Modifier.PRIVATE)
                .beginControlFlow("if (references == null)")
                .addStatement(
                        "throw new $T($S)",
                        IllegalStateException.class,
                        "no reference: give references with the call or bind them with withReferences")
                .endControlFlow()
                .addStatement("active = references")
                .addStatement("referenceCount = references.count");
        MethodSpec.Builder use = MethodSpec.methodBuilder("useReferences")
                .addModifiers(Modifier.PRIVATE)
                .returns(int.class)
                .addJavadoc("Makes references the current ones; returns the slot of the state of the first.\n")
                .addParameter(int.class, "i");
        if (layout.hasRows()) {
            use.addParameter(int.class, "rows");
        }
        CodeBlock.Builder own = CodeBlock.builder();
        for (int i = 0; i < program.referenceInputs().size(); i++) {
            Buffer buffer = program.referenceInputs().get(i);
            String field = layout.sessionFields.get(buffer);
            String state = layout.referenceFields.get(buffer);
            String label = "references of "
                    .concat(SourceText.comment(program.inputs().get(i).name()));
            CodeBlock array = CodeBlock.of("batch.reference($L)", i);
            CodeBlock count = CodeBlock.of("(long) batch.examples() * referenceCount");
            CodeBlock at = CodeBlock.of("$LFirst + i * $L", field, buffer.size());
            Optional<CodedInput> coded = layout.coded(i, true);
            if (coded.isPresent()) {
                CodeBlock first =
                        CodeBlock.of("$LFirst + i * $L", field, coded.get().positions());
                set.addCode(coded.get().take(label, array, count));
                bound.addStatement("$L = null", coded.get().codes());
                use.addCode(coded.get().choose(first, CodeBlock.of(layout.hasRows() ? "rows" : "1"), at));
            } else {
                set.addStatement(
                        "$L = $T.$L($S, $L, $L, $L)",
                        field,
                        Arguments.class,
                        layout.checked(),
                        label,
                        array,
                        count,
                        buffer.size());
                use.addStatement("$LAt = $L", field, at);
            }
            bound.addStatement("$L = references.$L", field, state).addStatement("$LFirst = 0", field);
            own.addStatement("own.$L = $L", state, field).addStatement("own.$LAt = $LAt", state, field);
        }
        List<CodeBlock> arguments = new ArrayList<>();
        for (int group = 1; group <= layout.groups(); group++) {
            arguments.add(CodeBlock.of("$L", layout.constantsField(group)));
        }
        arguments.add(CodeBlock.of("0"));
        if (layout.hasRows()) {
            arguments.add(CodeBlock.of("rows"));
            own.addStatement("own.step = referenceStep");
        }
        if (layout.isVectorised()) {
            arguments.add(CodeBlock.of("vectors"));
        }
        use.beginControlFlow("if (active != own)")
                .addStatement("return i")
                .endControlFlow()
                .addCode(own.build())
                .addStatement("own.compute($L)", arguments.stream().collect(CodeBlock.joining(", ")))
                .addStatement("return 0");
        methods.add(set.build());
        methods.add(bound.build());
        methods.add(use.build());
    }

    private void addSetTargets() {
        MethodSpec.Builder set = MethodSpec.methodBuilder("setTargets")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Takes the targets of a call; allocates only where there are more than ever before.\n")
                .addParameter(int[].class, "indices")
                .addStatement("targets = $T.targets(indices, $L)", Arguments.class, layout.header.pointSize());
        for (Buffer buffer : layout.buffers(Buffer.Place.ACCUMULATOR)) {
            Class<?> array = JavaTypes.array(buffer, layout.type);
            String field = layout.sessionFields.get(buffer);
            int slot = Math.multiplyExact(buffer.size(), layout.tile());
            set.beginControlFlow("if ((long) indices.length * $L + $L > $L.length)", slot, layout.slack(), field)
                    .addStatement(
                            "$L = new $T[$T.slots($S, indices.length, $L) + $L]",
                            field,
                            array.componentType(),
                            Arguments.class,
                            SourceText.comment(buffer.name()),
                            slot,
                            layout.slack())
                    .endControlFlow();
        }
        methods.add(set.build());
    }

    private void addRelease() {
        List<CodeBlock> statements = new ArrayList<>();
        program.inputs()
                .forEach(port ->
                        statements.add(LongMethod.statement("$L = null", layout.sessionFields.get(port.buffer()))));
        program.referenceInputs()
                .forEach(buffer -> statements.add(LongMethod.statement("$L = null", layout.sessionFields.get(buffer))));
        layout.coded(false).forEach(input -> statements.add(LongMethod.statement("$L = null", input.codes())));
        layout.coded(true).forEach(input -> statements.add(LongMethod.statement("$L = null", input.codes())));
        destinations.predictions().forEach(to -> statements.add(LongMethod.statement("$L = null", to.field())));
        destinations.explanations().forEach(to -> statements.add(LongMethod.statement("$L = null", to.field())));
        methods.addAll(LongMethod.print("release", "Forgets the caller's arrays.", List.of(), statements, methodNames));
        methods.add(MethodSpec.methodBuilder("close")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addStatement("release()")
                .build());
    }
}
