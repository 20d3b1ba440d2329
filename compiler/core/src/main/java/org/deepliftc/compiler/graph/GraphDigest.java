package org.deepliftc.compiler.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a graph computes, in one number: operators, what they read, constants by content, inputs and outputs in order.
 * Names take no part, nor does the order in which independent nodes were added, nor whether equal constants are shared.
 */
public final class GraphDigest {
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final Map<Node, String> lines = new LinkedHashMap<>();

    private GraphDigest() {}

    /** SHA-256 in hexadecimal. */
    public static String of(Graph graph) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String line : new GraphDigest().read(graph).text(graph)) {
                sha.update(line.getBytes(StandardCharsets.UTF_8));
                sha.update((byte) '\n');
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The name in {@code a} of the first node that {@code b} has otherwise; empty where their digests are equal. */
    public static Optional<String> firstDifference(Graph a, Graph b) {
        GraphDigest first = new GraphDigest().read(a);
        List<String> others = new GraphDigest().read(b).text(b);
        List<Node> nodes = new ArrayList<>(first.lines.keySet());
        List<String> own = first.text(a);
        for (int i = 0; i < own.size(); i++) {
            if (i >= others.size() || !own.get(i).equals(others.get(i))) {
                return Optional.of(i < nodes.size() ? nodes.get(i).name() : a.name());
            }
        }
        return own.size() < others.size() ? Optional.of(a.name()) : Optional.empty();
    }

    private List<String> text(Graph graph) {
        List<String> text = new ArrayList<>(lines.values());
        graph.outputs().values().forEach(node -> text.add("output " + reference(node)));
        return text;
    }

    /** Numbers nodes in the order in which a walk from the outputs finishes them. */
    private GraphDigest read(Graph graph) {
        List<Node> roots = new ArrayList<>(graph.outputs().values());
        graph.nodes().stream().filter(node -> node.op() instanceof Op.Input).forEach(roots::add);
        for (Node root : roots) {
            Deque<Node> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                Node node = open.peek();
                boolean ready = true;
                for (int i = node.inputs().size() - 1; i >= 0 && !numbers.containsKey(node); i--) {
                    Node input = node.input(i);
                    if (!input.isConstant() && !numbers.containsKey(input)) {
                        open.push(input);
                        ready = false;
                    }
                }
                if (ready) {
                    add(open.pop());
                }
            }
        }
        return this;
    }

    private void add(Node node) {
        if (node.isConstant() || numbers.containsKey(node)) {
            return;
        }
        numbers.put(node, numbers.size());
        StringBuilder line = new StringBuilder(operator(node)).append(node.shape());
        node.inputs().forEach(input -> line.append(' ').append(reference(input)));
        lines.put(node, line.toString());
    }

    /** What a step computes, and which of its values is meant; what both are called takes no part. */
    public static String step(Op.Scan scan) {
        ScanBody body = scan.body();
        Map<String, Node> meant = new LinkedHashMap<>();
        for (int i = 0; i < body.carried(); i++) {
            meant.put(ScanBody.next(i), body.graph().outputs().get(ScanBody.next(i)));
        }
        meant.put("value", body.graph().outputs().get(scan.output()));
        return "[" + of(Graph.of("step", meant)) + ", carried=" + body.carried() + ", scanned=" + body.scanned()
                + ", length=" + body.length() + ", reversed=" + body.reversed() + "]";
    }

    private String reference(Node node) {
        return node.isConstant() ? node.constant().digest() : "%" + numbers.get(node);
    }

    /** The record as text; of a function the user defined the body, not the name. */
    private static String operator(Node node) {
        if (node.op() instanceof Op.Scan scan) {
            return "Scan" + step(scan);
        }
        boolean isDefined = node.op() instanceof Op.Elementwise elementwise
                && elementwise.activation() instanceof Activation.UserDefined;
        return isDefined
                ? ((Activation.UserDefined) ((Op.Elementwise) node.op()).activation())
                        .body()
                        .toString()
                : node.op().toString();
    }
}
