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
 * <p>Segments (paper 2.3.3, eq. 14): on the straight path from r to x the entries are lines and y is their upper envelope;
 * m_i = m_y times the part of the path on which x_i is the largest. Exact, slopes in [0, 1] that add up to 1; equal to
 * eq. 11 wherever one entry wins throughout.
 *
 * <p>Gradient: m_y goes to the input's winner as it is; summation-to-delta fails where the winner changes.
 *
 * <p>A slope whose rise and run are both 0 is 1, its limit; where nothing in the window changes, all of the path is the
 * winner's. Ties go to the first position of the window.
 */
record MaxPoolRule(MaxRule rule) implements Rule {

    @Override
    public String name() {
        return rule.spelling();
    }

    @Override
    public String equation() {
        return equation(rule);
    }

    static String equation(MaxRule rule) {
        return switch (rule) {
            case CROSS -> "m_w = dy / dx_w, w the winner of the larger maximum";
            case WINNER -> "m_w = dy / dx_w, w the input's winner";
            case SEGMENTS -> "m_i = share of the straight path on which x_i wins";
            case GRADIENT -> "m_w = 1, w the input's winner";
        };
    }

    @Override
    public boolean exact() {
        return isExact(rule);
    }

    static boolean isExact(MaxRule rule) {
        return rule == MaxRule.CROSS || rule == MaxRule.SEGMENTS;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        MaxShares shares = shares(node, context);
        return List.of(upstream.map(m -> shares.back(m, RuleContext.multiplierName(node, 0))));
    }

    /** Each part of the maximum's difference is the shares' sum of that part of the entries. */
    @Override
    public Parts parts(Node node, RuleContext context) {
        MaxShares shares = shares(node, context);
        return context.parts(node.input(0)).map(part -> shares.forward(part, node.name() + ".part"));
    }

    private MaxShares shares(Node node, RuleContext context) {
        Node x = node.input(0);
        Op.MaxPool op = (Op.MaxPool) node.op();
        MaxShares.Pooled pooled = new MaxShares.Pooled(
                op.window(), context.actual(x), context.reference(x), context.actual(node), context.reference(node));
        return MaxShares.of(rule, pooled, context, node.name());
    }
}
