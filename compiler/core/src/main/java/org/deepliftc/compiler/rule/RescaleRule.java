package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = f(x), elementwise.
 *
 * <p>m_x = m_y (f(x) - f(r)) / (x - r) (paper 2.3.4, eq. 15), as a divided difference in closed form; f'(x) where
 * x = r (eq. 16).
 */
final class RescaleRule implements Rule {
    @Override
    public String name() {
        return "rescale";
    }

    @Override
    public String equation() {
        return "m = dy / dx";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Node x = node.input(0);
        Op.DividedDifference slope = new Op.DividedDifference(((Op.Elementwise) node.op()).activation());
        String name = node.name() + ".slope";
        Node quotient = node.inputs().size() > 1
                ? context.add(slope, name, context.actual(x), context.reference(x), context.actual(node.input(1)))
                : context.add(slope, name, context.actual(x), context.reference(x));
        return List.of(upstream.map(m -> context.multiply(m, quotient, RuleContext.multiplierName(node, 0))));
    }
}
