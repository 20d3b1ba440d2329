package org.deepliftc.compiler.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A graph as text, a line a node, for people and for golden files. */
public final class GraphText {
    private static final int DIGEST_LETTERS = 12;

    private GraphText() {}

    /**
     * Prints a graph: {@code %5 motifs [20, 186] = Elementwise[...](%3, %4)}, then its outputs. Nodes are numbered in
     * order; constants are told apart by a digest of their content. The bodies of recurrences follow.
     */
    public static String of(Graph graph) {
        Map<Node, Integer> numbers = new HashMap<>();
        Map<ScanBody, Integer> bodies = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Node node : graph.nodes()) {
            numbers.put(node, numbers.size());
            if (node.op() instanceof Op.Scan scan) {
                bodies.putIfAbsent(scan.body(), bodies.size());
            }
            text.append(line(node, numbers, bodies)).append('\n');
        }
        graph.outputs()
                .forEach((name, node) -> text.append("output ")
                        .append(name)
                        .append(" = %")
                        .append(numbers.get(node))
                        .append('\n'));
        bodies.forEach((body, number) -> text.append("body ")
                .append(number)
                .append(":\n")
                .append(of(body.graph()).indent(2)));
        return text.toString();
    }

    private static String line(Node node, Map<Node, Integer> numbers, Map<ScanBody, Integer> bodies) {
        String inputs = node.inputs().stream().map(i -> "%" + numbers.get(i)).collect(Collectors.joining(", "));
        return "%" + numbers.get(node) + " " + node.name() + " " + node.shape() + " = " + operator(node, bodies)
                + (inputs.isEmpty() ? "" : "(" + inputs + ")");
    }

    private static String operator(Node node, Map<ScanBody, Integer> bodies) {
        if (node.op() instanceof Op.Scan scan) {
            return scan + " of body " + bodies.get(scan.body());
        }
        if (!node.isConstant()) {
            return node.op().toString();
        }
        ConstantData data = node.constant();
        return data.size() == 1
                ? "Constant[" + data.at(0) + "]"
                : "Constant[sha256 " + data.digest().substring(0, DIGEST_LETTERS) + "]";
    }
}
