package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = f(x), elementwise.
 *
 * <p>m_x = m_y (f(x) - f(r)) / (x - r) (paper 2.3.4, eq. 15), as a divided difference in closed form; f'(x) where
 * x = r (eq. 16). Both channels of a multiplier are rescaled alike, also where the slope is negative.
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
        Node slope = slope(node, context.actual(node.input(0)), context.reference(node.input(0)), context);
        return List.of(upstream.map(m -> context.multiply(m, slope, RuleContext.multiplierName(node, 0))));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Node slope = slope(node, context.actual(node.input(0)), context.reference(node.input(0)), context);
        return context.parts(node.input(0)).map(part -> context.multiply(part, slope, node.name() + ".part"));
    }

    /** The divided difference of the node's function between two points. */
    static Node slope(Node node, Node a, Node b, RuleContext context) {
        Op.DividedDifference op = new Op.DividedDifference(((Op.Elementwise) node.op()).activation());
        String name = node.name() + ".slope";
        return node.inputs().size() > 1
                ? context.add(op, name, a, b, context.actual(node.input(1)))
                : context.add(op, name, a, b);
    }
}
