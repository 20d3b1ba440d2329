package org.deepliftc.compiler.optimize;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * scatter(m, w) * d becomes scatter(m * gather(d, w), w): what a max pool hands back has few positions, and only there
 * do the factors behind it (the slopes of the activation before the pool) matter.
 */
final class SinkScatters extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        boolean product = node.op() instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.MULTIPLY;
        if (!product) {
            return keep(node, inputs, turn);
        }
        for (int i = 0; i < 2; i++) {
            Node scatter = inputs.get(i);
            Node factor = inputs.get(1 - i);
            if (scatter.op() instanceof Op.ScatterPositions to && factor.shape().equals(scatter.shape())) {
                Node winners = scatter.input(1);
                Node there = turn.builder().add(to.gather(), factor.name() + ".winner", factor, winners);
                Node few = turn.builder().add(node.op(), node.name() + ".winner", scatter.input(0), there);
                return turn.like(node, scatter.op(), few, winners);
            }
        }
        return keep(node, inputs, turn);
    }
}
