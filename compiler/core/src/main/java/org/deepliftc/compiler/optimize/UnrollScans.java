package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;

/**
 * Writes recurrences of few steps as ordinary nodes, a copy of the body for each step: what happens once or twice is no
 * loop.
 *
 * @param longest steps up to which a recurrence is written out
 */
public record UnrollScans(int longest) implements Pass {

    private record Recurrence(ScanBody body, List<Node> inputs) {}

    @Override
    public Graph run(Graph graph) {
        boolean any = graph.nodes().stream()
                .anyMatch(n -> n.op() instanceof Op.Scan scan && scan.body().length() <= longest);
        if (!any) {
            return graph;
        }
        Map<Recurrence, List<Map<Node, Node>>> known = new HashMap<>();
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (!(node.op() instanceof Op.Scan scan) || scan.body().length() > longest) {
                    return keep(node, inputs, turn);
                }
                Recurrence key = new Recurrence(scan.body(), inputs);
                List<Map<Node, Node>> steps = known.get(key);
                if (steps == null) {
                    steps = steps(scan.body(), inputs, turn.builder());
                    known.put(key, steps);
                }
                return stacked(node, steps, scan, turn);
            }
        }.run(graph);
    }

    /** By position: the nodes that stand for those of the body. */
    private static List<Map<Node, Node>> steps(ScanBody body, List<Node> inputs, GraphBuilder builder) {
        List<Map<Node, Node>> steps = new ArrayList<>(Collections.nCopies(body.length(), Map.of()));
        List<Node> states = new ArrayList<>(inputs.subList(0, body.carried()));
        for (int step = 0; step < body.length(); step++) {
            int position = body.position(step);
            Map<Node, Node> here = new HashMap<>();
            for (Node node : body.graph().nodes()) {
                List<Node> operands = node.inputs().stream().map(here::get).toList();
                here.put(
                        node,
                        node.op() instanceof Op.Input leaf
                                ? leaf.role() == Op.Role.CARRIED
                                        ? states.get(leaf.index())
                                        : element(inputs.get(body.carried() + leaf.index()), position, node, builder)
                                : node.isConstant()
                                        ? builder.addLike(node, node.op(), operands)
                                        : builder.add(node.op(), operands, node.name() + "." + position, node.span()));
            }
            for (int i = 0; i < states.size(); i++) {
                states.set(i, here.get(body.graph().outputs().get(ScanBody.next(i))));
            }
            steps.set(position, here);
        }
        return steps;
    }

    private static Node element(Node sequence, int position, Node leaf, GraphBuilder builder) {
        Shape row = sequence.shape().with(0, 1);
        List<Integer> starts = new ArrayList<>(Collections.nCopies(row.rank(), 0));
        starts.set(0, position);
        String name = leaf.name() + "." + position;
        Node slice =
                builder.add(new Op.Slice(starts, Collections.nCopies(row.rank(), 1), row), name + ".row", sequence);
        return builder.add(new Op.Reshape(leaf.shape()), name, slice);
    }

    private static Node stacked(Node node, List<Map<Node, Node>> steps, Op.Scan scan, Rewrite.Turn turn) {
        Node value = scan.body().graph().outputs().get(scan.output());
        Shape row = Shape.of(1).append(value.shape());
        List<Node> rows = new ArrayList<>();
        for (Map<Node, Node> step : steps) {
            Node at = step.get(value);
            rows.add(turn.builder().add(new Op.Reshape(row), List.of(at), at.name() + ".row", SourceSpan.NONE));
        }
        return turn.builder().addLike(node, new Op.Concat(0), rows);
    }
}
