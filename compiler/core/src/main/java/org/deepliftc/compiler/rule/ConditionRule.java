package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = 1 where a is at least b, else 0: a step of d = a - b.
 *
 * <p>m_a = m_y dy / dd, m_b = -m_a (paper 2.3.4, eq. 15: rescale of the step), summed over repeated axes. Exact for any
 * differences. Where both runs lie on one side of the step nothing changes and nothing is handed back; that is also its
 * derivative.
 */
final class ConditionRule implements Rule {
    @Override
    public String name() {
        return "step";
    }

    @Override
    public String equation() {
        return "m1 = m dy / d(a1 - a2), m2 = -m1";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        if (context.actual(node) == context.reference(node)) {
            return List.of();
        }
        Node slope = slope(node, context);
        return List.of(
                handed(node, 0, slope, upstream, context),
                handed(node, 1, negative(slope, context), upstream, context));
    }

    private static Multiplier handed(Node node, int input, Node slope, Multiplier upstream, RuleContext context) {
        String name = RuleContext.multiplierName(node, input);
        return context.scaled(upstream, slope, name)
                .map(m -> context.sumTo(m, node.input(input).shape()));
    }

    /** dy / dd, which is never negative; 0 where y does not change. As y changes so does the sign of d, which is then not 0. */
    private static Node slope(Node node, RuleContext context) {
        String name = node.name() + ".slope";
        Node change = context.delta(node);
        Node apart = context.subtract(
                context.subtract(context.actual(node.input(0)), context.actual(node.input(1)), name),
                context.subtract(context.reference(node.input(0)), context.reference(node.input(1)), name),
                name);
        Node quotient = context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, change, apart);
        return context.where(change, quotient, 0, name);
    }

    private static Node negative(Node slope, RuleContext context) {
        return context.multiply(slope, context.builder().constant(-1), slope.name());
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Node slope = slope(node, context);
        String name = node.name() + ".part";
        return context.scaled(context.parts(node.input(0)), slope, name)
                .combine(
                        context.scaled(context.parts(node.input(1)), negative(slope, context), name),
                        (a, b) -> context.plus(a, b, name));
    }
}
