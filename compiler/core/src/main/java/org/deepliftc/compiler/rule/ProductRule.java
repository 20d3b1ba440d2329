package org.deepliftc.compiler.rule;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;

/**
 * y = a b, broadcasting.
 *
 * <p>m_a = m_y (b + b0) / 2, m_b = m_y (a + a0) / 2 (paper 2.3.5, eq. 18: the average of the other factor, equal to
 * b0 + db / 2), summed over repeated axes. Exact for any differences. Where the coefficient is negative the positive and
 * the negative part change places (arXiv 1704.02685, 3.5.3).
 *
 * @param balance other weights of both runs than one half, where a factor is the inverse of a norm
 */
record ProductRule(Optional<Balance> balance) implements Rule {
    @Override
    public String name() {
        return balance.isPresent() ? "product with an inverse norm" : "product";
    }

    @Override
    public String equation() {
        return balance.isPresent()
                ? "m1 = m (w a2 + (1 - w) a2'), m2 = m (w a1' + (1 - w) a1), w from 1/2 to a2' / (a2 + a2')"
                : "m1 = (a2 + a2') / 2, m2 = (a1 + a1') / 2";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return List.of(toFactor(node, 0, upstream, context), toFactor(node, 1, upstream, context));
    }

    private Multiplier toFactor(Node node, int factor, Multiplier upstream, RuleContext context) {
        Node coefficient = Balance.coefficient(balance, node, factor, context);
        String name = RuleContext.multiplierName(node, factor);
        return context.scaled(upstream, coefficient, name)
                .map(m -> context.sumTo(m, node.input(factor).shape()));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        String name = node.name() + ".part";
        return context.scaled(context.parts(node.input(0)), Balance.coefficient(balance, node, 0, context), name)
                .combine(
                        context.scaled(
                                context.parts(node.input(1)), Balance.coefficient(balance, node, 1, context), name),
                        (a, b) -> context.plus(a, b, name));
    }
}
