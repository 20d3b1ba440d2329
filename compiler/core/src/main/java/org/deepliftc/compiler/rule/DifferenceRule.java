package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = a - b, broadcasting.
 *
 * <p>m_a = m_y, m_b = -m_y (paper 2.3.1), summed over repeated axes. What rises in b falls in y, so that b's channels are
 * exchanged (arXiv 1704.02685, 3.5.3). Exact for any differences, 0 included.
 */
final class DifferenceRule implements Rule {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String equation() {
        return "m1 = m, m2 = -m";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        String name = RuleContext.multiplierName(node, 1);
        Multiplier exchanged = new Multiplier(upstream.negative(), upstream.positive());
        return List.of(
                upstream.map(m -> context.sumTo(m, node.input(0).shape())),
                exchanged.map(m -> context.multiply(
                        context.sumTo(m, node.input(1).shape()),
                        context.builder().constant(-1),
                        name)));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        return context.parts(node.input(0))
                .combine(
                        context.parts(node.input(1)).exchanged(),
                        (a, b) -> context.subtract(a, b, node.name() + ".part"));
    }
}
