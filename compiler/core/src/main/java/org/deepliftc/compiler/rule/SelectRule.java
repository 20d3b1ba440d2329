package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = a where c is not 0, else b.
 *
 * <p>The condition has no derivative and is a constant of the explanation: m_a = m s, m_b = m (1 - s), with s the mean of
 * 1 where c is not 0, else 0, over both runs (paper eq. 18 with c as the other factor). As the differences go to zero the
 * gradient.
 *
 * <p>Not preserved: what a change of the condition itself contributes, (a - b) times the change of s.
 */
record SelectRule(boolean fixed) implements Rule {
    @Override
    public String name() {
        return "where";
    }

    @Override
    public String equation() {
        return "ma = m s, mb = m (1 - s), s the mean of the condition";
    }

    /** Exact where the condition is the same on both runs. */
    @Override
    public boolean exact() {
        return fixed;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        String name = node.name() + ".condition";
        Node one = context.builder().constant(ConstantData.scalar(1), name);
        Node ones = context.broadcast(one, node.shape());
        Node zeros = context.broadcast(context.builder().constant(ConstantData.scalar(0), name), node.shape());
        Node actual = context.add(new Op.Select(), name, context.actual(node.input(0)), ones, zeros);
        Node reference = context.actual(node.input(0)) == context.reference(node.input(0))
                ? actual
                : context.add(new Op.Select(), name, context.reference(node.input(0)), ones, zeros);
        Node share = actual == reference
                ? actual
                : context.multiply(
                        context.add(new Op.Binary(Op.BinaryKind.ADD), name, actual, reference),
                        context.builder().constant(0.5),
                        name);
        Node rest = context.subtract(one, share, name);
        return List.of(
                upstream.map(m -> context.multiply(m, zeros, RuleContext.multiplierName(node, 0))),
                upstream.map(m -> context.multiply(m, share, RuleContext.multiplierName(node, 1))),
                upstream.map(m -> context.multiply(m, rest, RuleContext.multiplierName(node, 2))));
    }
}
