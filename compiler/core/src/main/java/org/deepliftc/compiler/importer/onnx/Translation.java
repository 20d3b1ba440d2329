package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.importer.ImportProblem;
import org.deepliftc.compiler.importer.onnx.Value.Broken;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.Value.Known;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.OnnxFileException;
import org.deepliftc.compiler.importer.onnx.file.OnnxGraph;
import org.deepliftc.compiler.importer.onnx.file.OnnxNode;
import org.deepliftc.compiler.importer.onnx.file.OnnxValue;
import org.deepliftc.compiler.importer.onnx.file.StoredTensor;
import org.deepliftc.compiler.importer.onnx.file.Tensor;
import org.deepliftc.compiler.interpret.Interpreter;

/** One pass over the nodes of a file: each becomes nodes of the graph, numbers, or a problem. */
final class Translation {
    private final String file;
    private final OnnxGraph graph;
    private final ImportOptions options;
    private final long standIn;
    private final GraphWriter writer;
    private final Map<String, Value> values = new HashMap<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    private final List<Model.InputDeclaration> inputs = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();
    private RowNumbers rowNumbers = new RowNumbers(List.of(), Set.of());

    Translation(String file, OnnxGraph graph, ImportOptions options, long standIn) {
        this.file = file;
        this.graph = graph;
        this.options = options;
        this.standIn = standIn;
        this.writer = new GraphWriter(new SourceSpan(file, 0, 0, 0, 0));
    }

    List<Diagnostic> problems() {
        return problems;
    }

    List<Model.InputDeclaration> inputs() {
        return inputs;
    }

    List<Node> leaves() {
        return leaves;
    }

    Map<String, Node> aliases() {
        return writer.aliases();
    }

    /** Translates inputs and the nodes in an order where producers come before their users. */
    void run(List<OnnxNode> ordered, List<OnnxValue> given) {
        writer.reserve(names(ordered, given));
        rowNumbers = new RowNumbers(
                ordered, graph.outputs().stream().map(OnnxValue::name).collect(Collectors.toSet()));
        for (OnnxValue input : given) {
            try {
                input(input);
            } catch (ImportFailure failure) {
                values.put(input.name(), new Broken());
                report(failure, "");
            } catch (IllegalArgumentException e) { // extents that no array has
                values.put(input.name(), new Broken());
                problems.add(ImportProblem.IMPORT006.in(
                        file, "input '" + input.name() + "': " + e.getMessage(), "give smaller extents with --shape"));
            }
        }
        for (OnnxNode node : ordered) {
            node(node);
        }
    }

    private static Set<String> names(List<OnnxNode> nodes, List<OnnxValue> inputs) {
        Set<String> names = new java.util.HashSet<>();
        nodes.forEach(node -> names.addAll(node.outputs()));
        inputs.forEach(input -> names.add(input.name()));
        return names;
    }

    private void input(OnnxValue input) {
        Optional<ElementKind> kind = ElementKind.of(input.elementType());
        boolean isRowNumber = kind.isPresent() && rowNumbers.contains(input.name());
        if (kind.isEmpty() || !kind.get().isReal() && !isRowNumber) {
            throw ImportFailure.of(
                    "input '" + input.name() + "' holds "
                            + kind.map(ElementKind::spelling).orElse("no tensor of numbers")
                            + ", which has no difference to explain by",
                    "export the model from its first real numbers on");
        }
        BatchAxes.Input of = BatchAxes.of(input, options, standIn);
        requireSameNumber(input.name(), of.batch());
        int index = inputs.size();
        Node leaf = writer.tensor(new Op.Input(Op.Role.ACTUAL, index, of.shape(), ElementType.REAL), input.name());
        leaves.add(leaf);
        inputs.add(new Model.InputDeclaration(input.name(), of.shape(), java.util.OptionalInt.empty(), true));
        values.put(input.name(), new Computed(leaf, of.batch()));
    }

    /** Where a file says of two inputs how many examples they hold, it says the same. */
    private void requireSameNumber(String name, Batch batch) {
        if (batch.isNone() || BatchAxes.isStandIn(batch.extent())) {
            return;
        }
        for (Model.InputDeclaration other : inputs) {
            Batch theirs = ((Computed) values.get(other.name())).batch();
            boolean says = !theirs.isNone() && !BatchAxes.isStandIn(theirs.extent());
            if (says && theirs.extent() != batch.extent()) {
                throw ImportFailure.mixing("input '" + name + "' holds " + batch.extent() + " examples along axis "
                        + batch.axis() + ", but '" + other.name() + "' holds " + theirs.extent());
            }
        }
    }

    private void report(ImportFailure failure, String where) {
        String message = where.isEmpty() ? failure.getMessage() : where + " " + failure.getMessage();
        problems.add(failure.problem().in(file, message, failure.hint()));
    }

    private void node(OnnxNode node) {
        List<Value> results = results(node);
        for (int i = 0; i < node.outputs().size(); i++) {
            String name = node.outputs().get(i);
            if (name.isEmpty()) {
                continue;
            }
            Value value = i < results.size() ? results.get(i) : new Broken();
            values.put(name, value);
            if (value instanceof Computed computed) {
                writer.alias(name, computed.node());
                if (i == 0 && !node.name().isEmpty()) {
                    writer.alias(node.name(), computed.node());
                }
            }
        }
    }

    private List<Value> results(OnnxNode node) {
        try {
            List<Optional<Value>> read = new ArrayList<>();
            for (String name : node.inputs()) {
                read.add(name.isEmpty() ? Optional.empty() : Optional.of(value(name)));
            }
            if (read.stream().anyMatch(v -> v.isPresent() && v.get() instanceof Broken)) {
                return List.of();
            }
            boolean isRowNumber = node.type().equals("Cast")
                    && rowNumbers.contains(node.outputs().get(0));
            if (isRowNumber && !(read.get(0).orElseThrow() instanceof Known)) {
                return List.of(read.get(0).orElseThrow());
            }
            Call call = new Call(node, graph.opsets().getOrDefault(node.domain(), 1L), read, writer);
            return translated(call, read);
        } catch (ImportFailure failure) {
            report(failure, node.described());
        } catch (OnnxFileException e) {
            problems.add(ImportProblem.IMPORT002.in(file, node.described() + ": " + e.getMessage(), e.remedy()));
        } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // numbers of the file that no valid model has
            problems.add(ImportProblem.IMPORT006.in(
                    file,
                    node.described() + " does not fit its inputs or attributes: " + e.getMessage(),
                    "check the model with the tool that exported it"));
        }
        return List.of();
    }

    private Value value(String name) {
        Value known = values.get(name);
        if (known != null) {
            return known;
        }
        StoredTensor stored = graph.initializers().get(name);
        if (stored == null) {
            throw ImportFailure.of(
                    "reads '" + name + "', which nothing in the file makes",
                    "the file is not valid ONNX; export the model again");
        }
        Value value = new Known(stored.tensor(), name);
        values.put(name, value);
        return value;
    }

    private static List<Value> translated(Call call, List<Optional<Value>> read) {
        boolean allKnown = read.stream().allMatch(v -> v.isEmpty() || v.get() instanceof Known);
        if (allKnown) {
            Optional<Tensor> folded = ConstantFolding.fold(call);
            if (folded.isPresent()) {
                return List.of(ShapeOperators.known(call, folded.get()));
            }
        }
        Operator operator = Operators.find(call.node().domain(), call.node().type())
                .orElseThrow(() -> ImportFailure.of(
                        "is translated on constants only, but is computed from the input",
                        "a step has no slope to explain by: export the model without it"));
        List<Value> results = operator.translation().translate(call);
        boolean constant = read.stream().allMatch(v -> v.isEmpty() || isConstant(v.get()));
        return constant ? results.stream().map(r -> evaluated(call, r, read)).toList() : results;
    }

    private static boolean isConstant(Value value) {
        return value instanceof Known
                || value instanceof Value.Sequence sequence
                        && sequence.elements().stream().allMatch(Translation::isConstant)
                || value instanceof Computed computed && computed.node().isConstant();
    }

    /** What only depends on constants is a constant, of the kind of the first. */
    private static Value evaluated(Call call, Value value, List<Optional<Value>> read) {
        if (!(value instanceof Computed computed)
                || computed.node().isConstant() && !computed.batch().isNone()) {
            return value;
        }
        double[] numbers = new Interpreter(Map.of()).value(computed.node());
        ElementKind kind =
                !read.isEmpty() && read.get(0).isPresent() && read.get(0).get() instanceof Known known
                        ? known.tensor().kind()
                        : ElementKind.FLOAT;
        Tensor tensor = new Tensor(computed.node().shape().dims(), kind, numbers);
        if (computed.batch().isNone()) {
            return new Known(tensor, computed.node().name());
        }
        return new Computed(call.constant("value", computed.node().shape(), numbers), computed.batch());
    }

    /** The graph's outputs by name; problems where one of them cannot be made. */
    Map<String, Node> outputs(List<OnnxValue> wanted) {
        Map<String, Node> outputs = new LinkedHashMap<>();
        for (OnnxValue output : wanted) {
            Value value = values.get(output.name());
            if (value instanceof Computed computed) {
                outputs.put(output.name(), computed.node());
            } else if (value instanceof Value.Sequence) {
                problems.add(ImportProblem.IMPORT006.in(
                        file,
                        "output '" + output.name() + "' is a sequence of tensors",
                        "export the tensors as outputs of their own"));
            } else if (!(value instanceof Broken)) {
                problems.add(ImportProblem.IMPORT006.in(
                        file,
                        "output '" + output.name() + "' does not depend on any input",
                        "export a model whose outputs are computed from its inputs"));
            }
        }
        return outputs;
    }
}
