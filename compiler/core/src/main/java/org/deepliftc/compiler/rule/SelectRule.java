package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = a where c is not 0, else b: with s = 1 where c is not 0, else 0, the sum of products s a + (1 - s) b.
 *
 * <p>m_a = m_y mean(s), m_b = m_y (1 - mean(s)), m_s = m_y (mean(a) - mean(b)), means over both runs (paper 2.3.5, eq. 18),
 * and m_c = m_s ds / dc (eq. 15). Exact for any differences. Where s is the same in both runs c gets nothing, whatever a and b
 * are; that is also the gradient.
 *
 * @param fixed whether the condition is a constant of the model
 */
record SelectRule(boolean fixed) implements Rule {
    @Override
    public String name() {
        return "where";
    }

    @Override
    public String equation() {
        return fixed
                ? "ma = m where the condition holds, mb = m elsewhere"
                : "ma = m s, mb = m (1 - s), mc = m (a - b) ds / dc, s the condition as 0 or 1, means of both runs";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Node share = share(node, context);
        Node rest = rest(share, context);
        return List.of(
                toCondition(node, upstream, context),
                upstream.map(m -> context.multiply(m, share, RuleContext.multiplierName(node, 1))),
                upstream.map(m -> context.multiply(m, rest, RuleContext.multiplierName(node, 2))));
    }

    private static Multiplier toCondition(Node node, Multiplier upstream, RuleContext context) {
        String name = RuleContext.multiplierName(node, 0);
        if (isOne(node, context)) {
            Node nothing = context.filled(node.shape(), 0, name);
            return upstream.map(m -> nothing);
        }
        return context.scaled(upstream, ofCondition(node, context), name);
    }

    /** (mean(a) - mean(b)) ds / dc; 0 where s does not change, though a or b be infinite there. */
    private static Node ofCondition(Node node, RuleContext context) {
        String name = node.name() + ".condition";
        Node changed = context.subtract(
                holds(node, context.actual(node.input(0)), context),
                holds(node, context.reference(node.input(0)), context),
                name);
        Node apart = context.subtract(context.average(node.input(1)), context.average(node.input(2)), name);
        Node slope = context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, changed, context.delta(node.input(0)));
        return context.where(changed, context.multiply(apart, slope, name), 0, name);
    }

    /** The mean of s. */
    private static Node share(Node node, RuleContext context) {
        String name = node.name() + ".condition";
        Node actual = holds(node, context.actual(node.input(0)), context);
        if (isOne(node, context)) {
            return actual;
        }
        Node both = context.plus(actual, holds(node, context.reference(node.input(0)), context), name);
        return context.multiply(both, context.builder().constant(0.5), name);
    }

    private static Node rest(Node share, RuleContext context) {
        return context.subtract(context.builder().constant(1), share, share.name());
    }

    private static boolean isOne(Node node, RuleContext context) {
        return context.actual(node.input(0)) == context.reference(node.input(0));
    }

    /** s on one run. */
    private static Node holds(Node node, Node condition, RuleContext context) {
        String name = node.name() + ".condition";
        return context.where(condition, context.filled(node.shape(), 1, name), 0, name);
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        String name = node.name() + ".part";
        Node share = share(node, context);
        Node rest = rest(share, context);
        Parts chosen = context.parts(node.input(1))
                .map(part -> context.multiply(part, share, name))
                .combine(
                        context.parts(node.input(2)).map(part -> context.multiply(part, rest, name)),
                        (a, b) -> context.plus(a, b, name));
        return isOne(node, context)
                ? chosen
                : chosen.combine(
                        context.scaled(context.parts(node.input(0)), ofCondition(node, context), name),
                        (a, b) -> context.plus(a, b, name));
    }
}
