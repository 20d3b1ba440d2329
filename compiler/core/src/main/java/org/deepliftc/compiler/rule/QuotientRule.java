package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = a / b, broadcasting: the product of a and q = 1 / b.
 *
 * <p>m_a = m_y (q + q0) / 2, m_b = m_y (a + a0) / 2 * (-q q0) (paper 2.3.5 eq. 18, and rescale of the reciprocal). Exact
 * for any differences. With two channels (arXiv 1704.02685, 3.5.3) the product exchanges them where its coefficient is
 * negative, the rescaled reciprocal does not.
 */
final class QuotientRule implements Rule {
    private static final Activation RECIPROCAL = Activation.of(Activation.Kind.RECIPROCAL);

    @Override
    public String name() {
        return "quotient";
    }

    @Override
    public String equation() {
        return "product of a1 and 1 / a2, the reciprocal by rescale";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Halves halves = Halves.of(node, context);
        String toDividend = RuleContext.multiplierName(node, 0);
        String toDivisor = RuleContext.multiplierName(node, 1);
        return List.of(
                context.scaled(upstream, halves.inverse, toDividend)
                        .map(m -> context.sumTo(m, node.input(0).shape())),
                context.scaled(upstream, context.average(node.input(0)), toDivisor)
                        .map(m -> context.sumTo(
                                context.multiply(m, halves.slope, toDivisor),
                                node.input(1).shape())));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Halves halves = Halves.of(node, context);
        String name = node.name() + ".part";
        Parts reciprocal = context.parts(node.input(1)).map(part -> context.multiply(part, halves.slope, name));
        return context.scaled(context.parts(node.input(0)), halves.inverse, name)
                .combine(
                        context.scaled(reciprocal, context.average(node.input(0)), name),
                        (a, b) -> context.plus(a, b, name));
    }

    /** (q + q0) / 2 and the divided difference of the reciprocal. */
    private record Halves(Node inverse, Node slope) {
        static Halves of(Node node, RuleContext context) {
            Node b = context.actual(node.input(1));
            Node b0 = context.reference(node.input(1));
            String name = node.input(1).name() + ".reciprocal";
            Node q = context.add(new Op.Elementwise(RECIPROCAL), name, b);
            Node q0 = b == b0 ? q : context.add(new Op.Elementwise(RECIPROCAL), name, b0);
            Node average = b == b0
                    ? q
                    : context.multiply(
                            context.plus(q, q0, name), context.builder().constant(0.5), name);
            return new Halves(average, context.add(new Op.DividedDifference(RECIPROCAL), name, b, b0));
        }
    }
}
