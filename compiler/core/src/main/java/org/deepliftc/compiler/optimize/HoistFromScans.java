package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;

/**
 * Takes out of a recurrence what does not depend on its states: products of a sequence with weights become one matrix
 * product, slopes and averages are computed for all steps together. What stays reads their elements. Sequences that
 * nothing reads any more are no inputs.
 */
final class HoistFromScans implements Pass {

    /** One recurrence after the pass: its body, its inputs, and what needs no recurrence at all. */
    private record Hoisted(ScanBody body, List<Node> inputs, Map<String, Node> outside) {}

    private record Recurrence(ScanBody body, List<Node> inputs) {}

    @Override
    public Graph run(Graph graph) {
        Map<ScanBody, Set<String>> stacked = SimplifyBodies.stacked(graph);
        if (stacked.isEmpty()) {
            return graph;
        }
        Map<Recurrence, Hoisted> known = new HashMap<>();
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (!(node.op() instanceof Op.Scan scan)) {
                    return keep(node, inputs, turn);
                }
                Recurrence key = new Recurrence(scan.body(), inputs);
                Hoisted hoisted = known.get(key);
                if (hoisted == null) {
                    hoisted = new Hoisting(scan.body(), inputs, stacked.get(scan.body()), turn.builder()).run();
                    known.put(key, hoisted);
                }
                Node outside = hoisted.outside.get(scan.output());
                return outside != null
                        ? outside
                        : turn.builder().addLike(node, new Op.Scan(hoisted.body, scan.output()), hoisted.inputs);
            }
        }.run(graph);
    }

    /** The work on one recurrence. */
    private static final class Hoisting {
        private final ScanBody body;
        private final List<Node> inputs;
        private final Set<String> stacked;
        private final GraphBuilder outside;
        private final GraphBuilder inside = new GraphBuilder();
        private final Map<Node, Node> sequences = new HashMap<>();
        private final Map<Node, Node> kept = new HashMap<>();
        private final List<Node> read = new ArrayList<>();
        private final Map<Node, Node> leaves = new HashMap<>();

        Hoisting(ScanBody body, List<Node> inputs, Set<String> stacked, GraphBuilder outside) {
            this.body = body;
            this.inputs = inputs;
            this.stacked = stacked;
            this.outside = outside;
        }

        Hoisted run() {
            for (Node node : body.graph().nodes()) {
                sequence(node).ifPresent(s -> sequences.put(node, s));
            }
            Map<String, Node> outputs = new LinkedHashMap<>();
            Map<String, Node> without = new HashMap<>();
            body.graph().outputs().forEach((name, node) -> {
                if (stacked.contains(name) && sequences.containsKey(node)) {
                    without.put(name, sequences.get(node));
                } else {
                    outputs.put(name, node);
                }
            });
            keep(Graph.of(body.graph().name(), outputs));
            outputs.replaceAll((name, node) -> read(node));
            Graph rest = Graph.of(body.graph().name(), outputs);
            List<Node> all = new ArrayList<>(inputs.subList(0, body.carried()));
            all.addAll(read);
            return new Hoisted(body.with(rest, read.size()), all, without);
        }

        /** The value for all steps at once, where that needs no state. */
        private Optional<Node> sequence(Node node) {
            if (node.op() instanceof Op.Input leaf) {
                return leaf.role() == Op.Role.SCANNED
                        ? Optional.of(inputs.get(body.carried() + leaf.index()))
                        : Optional.empty();
            }
            boolean some = node.inputs().stream().anyMatch(sequences::containsKey);
            boolean all = node.inputs().stream().allMatch(i -> i.isConstant() || sequences.containsKey(i));
            if (!some || !all) {
                return Optional.empty();
            }
            return AlongSequence.of(node, body.length()).map(op -> {
                List<Node> operands = new ArrayList<>();
                for (Node input : node.inputs()) {
                    operands.add(
                            input.isConstant() ? outside.addLike(input, input.op(), List.of()) : sequences.get(input));
                }
                return outside.addLike(node, op, operands);
            });
        }

        /** Rebuilds what stays; the elements of sequences it reads become its leaves. */
        private void keep(Graph graph) {
            for (Node node : graph.nodes()) {
                if (sequences.containsKey(node)) {
                    continue;
                }
                List<Node> operands = new ArrayList<>();
                node.inputs().forEach(input -> operands.add(read(input)));
                kept.put(node, inside.addLike(node, node.op(), operands));
            }
        }

        private Node read(Node node) {
            Node sequence = sequences.get(node);
            if (sequence == null) {
                return kept.get(node);
            }
            return leaves.computeIfAbsent(sequence, s -> {
                Op leaf = new Op.Input(Op.Role.SCANNED, read.size(), node.shape(), node.type());
                read.add(s);
                return inside.addLike(node, leaf, List.of());
            });
        }
    }
}
