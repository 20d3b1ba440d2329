package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = a b, broadcasting.
 *
 * <p>m_a = m_y (b + b0) / 2, m_b = m_y (a + a0) / 2 (paper 2.3.5, eq. 18: the average of the other factor, equal to
 * b0 + db / 2), summed over repeated axes. Exact for any differences. Where the coefficient is negative the positive and
 * the negative part change places (arXiv 1704.02685, 3.5.3).
 */
final class ProductRule implements Rule {
    @Override
    public String name() {
        return "product";
    }

    @Override
    public String equation() {
        return "m1 = (a2 + a2') / 2, m2 = (a1 + a1') / 2";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return List.of(toFactor(node, 0, upstream, context), toFactor(node, 1, upstream, context));
    }

    private static Multiplier toFactor(Node node, int factor, Multiplier upstream, RuleContext context) {
        Node coefficient = context.average(node.input(1 - factor));
        String name = RuleContext.multiplierName(node, factor);
        return context.scaled(upstream, coefficient, name)
                .map(m -> context.sumTo(m, node.input(factor).shape()));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        String name = node.name() + ".part";
        return context.scaled(context.parts(node.input(0)), context.average(node.input(1)), name)
                .combine(
                        context.scaled(context.parts(node.input(1)), context.average(node.input(0)), name),
                        (a, b) -> context.plus(a, b, name));
    }
}
