package org.deepliftc.compiler.rule;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = a / b, broadcasting: the product of a and q = 1 / b.
 *
 * <p>m_a = m_y (q + q0) / 2, m_b = m_y (a + a0) / 2 * (-q q0) (paper 2.3.5 eq. 18, and rescale of the reciprocal). Exact
 * for any differences. With two channels (arXiv 1704.02685, 3.5.3) the product exchanges them where its coefficient is
 * negative, the rescaled reciprocal does not.
 *
 * @param balance other weights of both runs than one half, where the divisor is a norm
 */
record QuotientRule(Optional<Balance> balance) implements Rule {
    private static final Activation RECIPROCAL = Activation.of(Activation.Kind.RECIPROCAL);

    @Override
    public String name() {
        return balance.isPresent() ? "quotient by a norm" : "quotient";
    }

    @Override
    public String equation() {
        return balance.isPresent()
                ? "m1 = m (w / a2 + (1 - w) / a2'), m2 = -m (w a1' + (1 - w) a1) / (a2 a2'), w from 1/2 to a2 / (a2 + a2')"
                : "product of a1 and 1 / a2, the reciprocal by rescale";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Halves halves = Halves.of(balance, node, context);
        String toDividend = RuleContext.multiplierName(node, 0);
        String toDivisor = RuleContext.multiplierName(node, 1);
        return List.of(
                context.scaled(upstream, halves.inverse, toDividend)
                        .map(m -> context.sumTo(m, node.input(0).shape())),
                context.scaled(upstream, halves.dividend, toDivisor)
                        .map(m -> context.sumTo(
                                context.multiply(m, halves.slope, toDivisor),
                                node.input(1).shape())));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Halves halves = Halves.of(balance, node, context);
        String name = node.name() + ".part";
        Parts reciprocal = context.parts(node.input(1)).map(part -> context.multiply(part, halves.slope, name));
        return context.scaled(context.parts(node.input(0)), halves.inverse, name)
                .combine(context.scaled(reciprocal, halves.dividend, name), (a, b) -> context.plus(a, b, name));
    }

    /** The means of q and of a, and the divided difference of the reciprocal. */
    private record Halves(Node inverse, Node dividend, Node slope) {
        static Halves of(Optional<Balance> balance, Node node, RuleContext context) {
            Node b = context.actual(node.input(1));
            Node b0 = context.reference(node.input(1));
            String name = node.input(1).name() + ".reciprocal";
            Node q = context.add(new Op.Elementwise(RECIPROCAL), name, b);
            Node q0 = b == b0 ? q : context.add(new Op.Elementwise(RECIPROCAL), name, b0);
            Node slope = context.add(new Op.DividedDifference(RECIPROCAL), name, b, b0);
            return new Halves(
                    inverse(balance, node, q, q0, context), Balance.coefficient(balance, node, 1, context), slope);
        }

        private static Node inverse(Optional<Balance> balance, Node node, Node q, Node q0, RuleContext context) {
            String name = node.input(1).name() + ".reciprocal";
            if (q == q0) {
                return q;
            }
            return balance.isPresent()
                    ? balance.get().weights(node, context).mean(q, q0, name, context)
                    : context.multiply(
                            context.plus(q, q0, name), context.builder().constant(0.5), name);
        }
    }
}
