package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * y = a / b, broadcasting: the product of a and q = 1 / b.
 *
 * <p>m_a = m_y (q + q0) / 2, m_b = m_y (a + a0) / 2 * (-q q0) (paper 2.3.5 eq. 18, and rescale of the reciprocal).
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
        Node divisor = node.input(1);
        Shape divisorShape = divisor.shape();
        Node b = context.actual(divisor);
        Node b0 = context.reference(divisor);
        String name = divisor.name() + ".reciprocal";
        Node q = context.add(new Op.Elementwise(RECIPROCAL), name, b);
        Node q0 = b == b0 ? q : context.add(new Op.Elementwise(RECIPROCAL), name, b0);
        Node average = b == b0
                ? q
                : context.multiply(
                        context.add(new Op.Binary(Op.BinaryKind.ADD), name, q, q0),
                        context.builder().constant(0.5),
                        name);
        Node slope = context.multiply(
                context.average(node.input(0)), context.add(new Op.DividedDifference(RECIPROCAL), name, b, b0), name);
        String toDividend = RuleContext.multiplierName(node, 0);
        String toDivisor = RuleContext.multiplierName(node, 1);
        return List.of(
                upstream.map(m -> context.sumTo(
                        context.multiply(m, average, toDividend), node.input(0).shape())),
                upstream.map(m -> context.sumTo(context.multiply(m, slope, toDivisor), divisorShape)));
    }
}
