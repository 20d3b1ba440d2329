package org.deepliftc.compiler.optimize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Where the winners of a max pool are computed anyway, the maxima are read off at them. */
final class ReuseWinners implements Pass {

    private record Pooled(Node input, Op.ArgMaxPool op) {}

    @Override
    public Graph run(Graph graph) {
        Map<Pooled, Node> winners = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.ArgMaxPool) {
                winners.put(new Pooled(node.input(0), (Op.ArgMaxPool) node.op()), node);
            }
        }
        return winners.isEmpty() ? graph : new Replace(winners).run(graph);
    }

    private static final class Replace extends Rewrite {
        private final Map<Pooled, Node> winners;
        private final Map<Node, Node> rebuilt = new HashMap<>();

        Replace(Map<Pooled, Node> winners) {
            this.winners = winners;
        }

        @Override
        Node rewrite(Node node, List<Node> inputs, Turn turn) {
            if (node.op() instanceof Op.MaxPool) {
                Op.ArgMaxPool op = new Op.ArgMaxPool(((Op.MaxPool) node.op()).window());
                Node winner = winners.get(new Pooled(node.input(0), op));
                if (winner != null) {
                    Node index =
                            rebuilt.computeIfAbsent(winner, w -> turn.builder().addLike(w, op, inputs));
                    return turn.like(node, Op.GatherPositions.in(op.window()), inputs.get(0), index);
                }
            }
            if (rebuilt.containsKey(node)) {
                return rebuilt.get(node);
            }
            Node kept = keep(node, inputs, turn);
            if (node.op() instanceof Op.ArgMaxPool) {
                rebuilt.put(node, kept);
            }
            return kept;
        }
    }
}
