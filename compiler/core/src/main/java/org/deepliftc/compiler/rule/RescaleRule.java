package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = f(x), elementwise.
 *
 * <p>m_x = m_y (f(x) - f(r)) / (x - r) (paper 2.3.4, eq. 15), as a divided difference in closed form; f'(x) where
 * x = r (eq. 16), and 0 where that is infinite. Both channels of a multiplier are rescaled alike, also where the slope is negative.
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

    /**
     * The divided difference of the node's function between two points. Where it has no finite closed form it is the quotient of
     * the differences, and where the points are equal 0: nothing changes there, so that nothing is handed back, however steep
     * the function is.
     */
    static Node slope(Node node, Node a, Node b, RuleContext context) {
        Activation activation = ((Op.Elementwise) node.op()).activation();
        Op.DividedDifference op = new Op.DividedDifference(activation);
        String name = node.name() + ".slope";
        Node slope = node.inputs().size() > 1
                ? context.add(op, name, a, b, context.actual(node.input(1)))
                : context.add(op, name, a, b);
        if (!activation.maybeSteep() || a == b && !context.comparesRuns()) {
            return slope;
        }
        return context.finite(slope, quotient(node, a, b, context), name);
    }

    private static Node quotient(Node node, Node a, Node b, RuleContext context) {
        String name = node.name() + ".slope";
        if (a == b) {
            return context.filled(a.shape(), 0, name);
        }
        Node apart = context.subtract(a, b, name);
        Node change = context.subtract(context.add(node.op(), name, a), context.add(node.op(), name, b), name);
        return context.where(apart, context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, change, apart), 0, name);
    }
}
