package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = max of a window.
 *
 * <p>Cross: max(y, y0) - y0 goes to the input's winner and y - max(y, y0) to the reference's winner, each over its own
 * difference. One of the two is always 0, so exactly one position w per window receives m_y (y - y0) / (x_w - r_w):
 * the input's winner where y is at least y0, else the reference's. |x_w - r_w| is at least |y - y0|, so the slope lies
 * in [0, 1] without a threshold.
 *
 * <p>Winner (paper 2.3.2, eq. 11): w is always the input's winner; summation-to-delta fails where its own difference
 * is 0 while the maximum moved.
 *
 * <p>Gradient: m_y goes to the input's winner as it is.
 *
 * <p>A slope whose rise and run are both 0 is 1, its limit. Ties go to the first position of the window.
 */
record MaxPoolRule(MaxRule rule) implements Rule {

    @Override
    public String name() {
        return rule.spelling();
    }

    @Override
    public String equation() {
        return switch (rule) {
            case CROSS -> "m_w = dy / dx_w, w the winner of the larger maximum";
            case WINNER -> "m_w = dy / dx_w, w the input's winner";
            case SEGMENTS -> "m_i = share of the straight path on which x_i wins";
            case GRADIENT -> "m_w = 1, w the input's winner";
        };
    }

    @Override
    public boolean exact() {
        return rule == MaxRule.CROSS || rule == MaxRule.SEGMENTS;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Node x = node.input(0);
        Node winner = winner(node, x, context);
        Op.GatherPositions gather = Op.GatherPositions.in(((Op.MaxPool) node.op()).window());
        Op.ScatterPositions scatter = new Op.ScatterPositions(x.shape().from(1), gather.window());
        String name = RuleContext.multiplierName(node, 0);
        if (rule == MaxRule.GRADIENT) {
            return List.of(upstream.map(m -> context.add(scatter, name, m, winner)));
        }
        String at = node.name() + ".winner";
        Node run = context.subtract(
                context.add(gather, at + ".actual", context.actual(x), winner),
                context.add(gather, at + ".reference", context.reference(x), winner),
                at + ".delta");
        Node slope = context.add(new Op.Binary(Op.BinaryKind.SLOPE), node.name() + ".slope", context.delta(node), run);
        return List.of(upstream.map(m -> context.add(scatter, name, context.multiply(m, slope, name), winner)));
    }

    private Node winner(Node node, Node x, RuleContext context) {
        Op.ArgMaxPool argMax = new Op.ArgMaxPool(((Op.MaxPool) node.op()).window());
        String name = node.name() + ".winner";
        Node ofActual = context.add(argMax, name + "OfActual", context.actual(x));
        if (rule != MaxRule.CROSS) {
            return ofActual;
        }
        Node risen = context.add(
                new Op.Binary(Op.BinaryKind.AT_LEAST),
                node.name() + ".risen",
                context.actual(node),
                context.reference(node));
        Node ofReference = context.add(argMax, name + "OfReference", context.reference(x));
        return context.add(new Op.Select(), name, risen, ofActual, ofReference);
    }
}
