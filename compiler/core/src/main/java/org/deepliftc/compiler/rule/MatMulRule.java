package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Y = A B, a product of two activations summed over the inner axis.
 *
 * <p>m_A = m_Y avg(B)^T, m_B = avg(A)^T m_Y with avg the mean of actual and reference (paper 2.3.5, eq. 18, term by
 * term); summed over repeated leading axes. Exact for any differences. RevealCancel's two channels are not defined here:
 * where both arrive, or the parts of Y are asked for, that is an error.
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
        if (!upstream.isSingle()) {
            throw Rule.undefinedParts(node, "a product of two matrices that depend on the input");
        }
        Node a = context.average(node.input(0));
        Node b = context.average(node.input(1));
        return List.of(
                upstream.map(m -> back(node, 0, m, b, context)), upstream.map(m -> back(node, 1, m, a, context)));
    }

    /** What reaches operand {@code index} from {@code m}, with the other operand at {@code other}. */
    static Node back(Node node, int index, Node m, Node other, RuleContext context) {
        Op.MatMul op = (Op.MatMul) node.op();
        String name = RuleContext.multiplierName(node, index);
        Node product;
        if (index == 0) {
            product = op.transposeLeft()
                    ? context.add(new Op.MatMul(op.transposeRight(), true), name, other, m)
                    : context.add(new Op.MatMul(false, !op.transposeRight()), name, m, other);
        } else {
            product = op.transposeRight()
                    ? context.add(new Op.MatMul(true, op.transposeLeft()), name, m, other)
                    : context.add(new Op.MatMul(!op.transposeLeft(), false), name, other, m);
        }
        return context.sumTo(product, node.input(index).shape());
    }
}
