package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Y = A B, a product of two activations summed over the inner axis.
 *
 * <p>m_A = m_Y avg(B)^T, m_B = avg(A)^T m_Y with avg the mean of actual and reference (paper 2.3.5, eq. 18, term by
 * term); summed over repeated leading axes.
 */
final class MatMulRule implements Rule {
    @Override
    public String name() {
        return "product";
    }

    @Override
    public String equation() {
        return "mA = m avg(B)^T, mB = avg(A)^T m";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Op.MatMul op = (Op.MatMul) node.op();
        Node a = context.average(node.input(0));
        Node b = context.average(node.input(1));
        String toA = RuleContext.multiplierName(node, 0);
        String toB = RuleContext.multiplierName(node, 1);
        return List.of(
                upstream.map(m -> context.sumTo(
                        op.transposeLeft()
                                ? context.add(new Op.MatMul(op.transposeRight(), true), toA, b, m)
                                : context.add(new Op.MatMul(false, !op.transposeRight()), toA, m, b),
                        node.input(0).shape())),
                upstream.map(m -> context.sumTo(
                        op.transposeRight()
                                ? context.add(new Op.MatMul(true, op.transposeLeft()), toB, m, a)
                                : context.add(new Op.MatMul(!op.transposeLeft(), false), toB, a, m),
                        node.input(1).shape())));
    }
}
