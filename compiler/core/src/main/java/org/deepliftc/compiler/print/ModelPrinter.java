package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * A model as text of the language, a statement an operator:
 *
 * <pre>{@code
 * model Digits {
 *   input x: float[1, 8, 8]
 *   weights "digits.safetensors"
 *
 *   conv1 = conv2d(x, filters = 16, size = 3, padding = 1)
 *   relu1 = relu(conv1)
 *   ...
 *   output p = softmax(fc2, axis = 0)
 * }
 * }</pre>
 */
public final class ModelPrinter {
    private final Model model;
    private final Graph graph;
    private final Names names = new Names();
    private final StoredTensors stored;
    private final Expressions expressions;
    private final Recurrences recurrences;
    private final List<String> lines = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();
    /** Whether definitions say that they are outputs; else that is said at the end, in the outputs' order. */
    private final boolean inline;

    private ModelPrinter(Model model) {
        this.model = model;
        this.graph = model.graph();
        this.inline = isInOrder(graph);
        this.stored = new StoredTensors(graph);
        this.recurrences = new Recurrences(graph);
        this.expressions = new Expressions(stored, names);
    }

    private static boolean isInOrder(Graph graph) {
        int last = -1;
        for (Node node : graph.outputs().values()) {
            if (node.id() <= last || node.isConstant() || node.op() instanceof Op.Input) {
                return false;
            }
            last = node.id();
        }
        return true;
    }

    /**
     * Prints a model. Its {@code explain} section is left out: it belongs to a use of the model.
     *
     * @param name of the files without extension; the model is named after them
     * @throws DiagnosticException where a node has no form in the language
     */
    public static PrintedModel print(Model model, String name) {
        return new ModelPrinter(model).print(name);
    }

    private PrintedModel print(String name) {
        List<String> inputs = inputs();
        Map<Node, String> outputs = outputNames();
        for (Node node : graph.nodes()) {
            Optional<Recurrences.Printed> layer = recurrences.at(node);
            if (layer.isPresent()) {
                defineLayer(layer.get(), node, outputs);
            } else if (recurrences.isPartOfLayer(node)) {
                passOn(node, outputs);
            } else if (!node.isConstant() && !(node.op() instanceof Op.Input)) {
                define(node, outputs);
            }
        }
        List<String> others = inline ? List.of() : declaredOutputs(outputs);
        if (!problems.isEmpty()) {
            throw new DiagnosticException(problems);
        }
        StringBuilder text = new StringBuilder();
        expressions
                .functions()
                .forEach((body, function) -> text.append("activation ")
                        .append(function)
                        .append("(x) = ")
                        .append(Numbers.function(body))
                        .append('\n'));
        text.append(text.length() > 0 ? "\n" : "").append("model ").append(Names.model(name));
        text.append(" {\n");
        inputs.forEach(line -> text.append("  ").append(line).append('\n'));
        if (!stored.tensors().isEmpty()) {
            text.append("  weights \"").append(PrintedModel.weightsFile(name)).append("\"\n");
        }
        text.append('\n');
        lines.forEach(line -> text.append("  ").append(line).append('\n'));
        others.forEach(line -> text.append("  ").append(line).append('\n'));
        return new PrintedModel(text.append("}\n").toString(), stored.tensors());
    }

    private List<String> inputs() {
        List<String> text = new ArrayList<>();
        List<Node> leaves = graph.nodes().stream()
                .filter(node -> node.op() instanceof Op.Input)
                .toList();
        for (int i = 0; i < model.inputs().size(); i++) {
            Model.InputDeclaration input = model.inputs().get(i);
            String name = names.port(input.name());
            for (Node leaf : leaves) {
                if (((Op.Input) leaf.op()).index() == i) {
                    expressions.define(leaf, name);
                }
            }
            String onehot = input.onehot().isEmpty()
                    ? input.sum().map(ModelPrinter::constraint).orElse("")
                    : " onehot(axis = " + input.onehot().getAsInt()
                            + (input.normalise() ? ")" : ", normalise = false)");
            text.add("input " + name + ": float" + extents(input.shape()) + onehot + renamed(input.name(), name));
        }
        return text;
    }

    private static String constraint(Model.SumConstraint sum) {
        return " constraint sum(axis = " + sum.axis() + ") = " + Numbers.bare(sum.value());
    }

    private static String extents(Shape shape) {
        return Numbers.list(shape.dims());
    }

    /** What the file calls it, where the language cannot. */
    private static String renamed(String original, String name) {
        return original.equals(name) ? "" : "  // " + original.replaceAll("[^ -~]", "?");
    }

    private Map<Node, String> outputNames() {
        Map<Node, String> outputs = new java.util.HashMap<>();
        graph.outputs().forEach((name, node) -> {
            if (!(node.op() instanceof Op.Input) && !outputs.containsKey(node)) {
                outputs.put(node, names.port(name));
            }
        });
        return outputs;
    }

    private void define(Node node, Map<Node, String> outputs) {
        boolean isOutput = outputs.containsKey(node);
        String name = isOutput ? outputs.get(node) : names.definition(node.name(), function(node));
        expressions.define(node, name);
        try {
            String comment = isOutput ? renamed(firstOutput(node), name) : "";
            lines.add((isOutput && inline ? "output " : "") + name + " = " + expressions.of(node, name) + comment);
        } catch (Expressions.Unprintable e) {
            problems.add(Diagnostic.error("PRINT001", SourceSpan.NONE, "'" + node.name() + "': " + e.getMessage())
                    .withHint("use the model as it is: every command reads it directly"));
        }
    }

    /** A recurrent layer: its states, and where its last cells are read the last states by name too. */
    private void defineLayer(Recurrences.Printed layer, Node scan, Map<Node, String> outputs) {
        boolean alone = layer.lastCell().isEmpty();
        String name = layerName(layer.hidden(), scan, "", outputs, alone);
        boolean isOutput = alone && outputs.containsKey(scan) && inline;
        String called = name;
        if (!alone) {
            String hidden = names.definition(scan.name() + "_last_hidden", "last");
            called += ", " + hidden + ", " + layerName(layer.lastCell(), scan, "_last_cell", outputs, false);
        }
        String text = Recurrences.text(layer, scan, name, expressions, stored);
        lines.add((isOutput ? "output " : "") + called + " = " + text);
        if (!alone && layer.hidden().filter(hidden -> hidden == scan).isPresent()) {
            passOn(scan, outputs);
        }
    }

    private String layerName(
            Optional<Node> node, Node scan, String end, Map<Node, String> outputs, boolean mayBeOutput) {
        Optional<String> output = node.map(outputs::get).filter(port -> mayBeOutput || !inline);
        String name = output.orElseGet(() -> names.definition(scan.name() + end, "recurrence"));
        node.ifPresent(value -> expressions.define(value, name));
        return name;
    }

    /** Says that a value which a layer has named is an output. */
    private void passOn(Node node, Map<Node, String> outputs) {
        if (inline && outputs.containsKey(node)) {
            lines.add("output " + outputs.get(node) + " = " + expressions.name(node));
            expressions.define(node, outputs.get(node));
        }
    }

    private static String function(Node node) {
        return node.op() instanceof Op.Elementwise elementwise
                ? elementwise.activation().name()
                : node.op().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private String firstOutput(Node node) {
        return graph.outputs().entrySet().stream()
                .filter(entry -> entry.getValue() == node)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private List<String> declaredOutputs(Map<Node, String> outputs) {
        List<String> text = new ArrayList<>();
        graph.outputs().forEach((name, node) -> {
            boolean isDefinition =
                    outputs.containsKey(node) && firstOutput(node).equals(name);
            if (node.isConstant()) {
                String written = isDefinition ? outputs.get(node) : names.port(name);
                text.add("output " + written + " = " + expressions.tensor(node, name));
            } else if (isDefinition) {
                text.add("output " + outputs.get(node));
            } else {
                text.add("output " + names.port(name) + " = " + expressions.name(node));
            }
        });
        return text;
    }
}
