package org.deepliftc.compiler.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A graph as text, a line a node, for people and for golden files. */
public final class GraphText {
    private static final int DIGEST_LETTERS = 12;

    private GraphText() {}

    /**
     * Prints a graph: {@code %5 motifs [20, 186] = Elementwise[...](%3, %4)}, then its outputs. Nodes are numbered in
     * order; constants are told apart by a digest of their content.
     */
    public static String of(Graph graph) {
        Map<Node, Integer> numbers = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (Node node : graph.nodes()) {
            numbers.put(node, numbers.size());
            text.append(line(node, numbers)).append('\n');
        }
        graph.outputs()
                .forEach((name, node) -> text.append("output ")
                        .append(name)
                        .append(" = %")
                        .append(numbers.get(node))
                        .append('\n'));
        return text.toString();
    }

    private static String line(Node node, Map<Node, Integer> numbers) {
        String inputs = node.inputs().stream().map(i -> "%" + numbers.get(i)).collect(Collectors.joining(", "));
        return "%" + numbers.get(node) + " " + node.name() + " " + node.shape() + " = " + operator(node)
                + (inputs.isEmpty() ? "" : "(" + inputs + ")");
    }

    private static String operator(Node node) {
        if (!node.isConstant()) {
            return node.op().toString();
        }
        ConstantData data = node.constant();
        return data.size() == 1
                ? "Constant[" + data.at(0) + "]"
                : "Constant[sha256 " + data.digest().substring(0, DIGEST_LETTERS) + "]";
    }
}
