package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y_i = x_i - log Z, Z = sum_j exp(x_j).
 *
 * <p>By difference, log, sum and exp, each rescaled (paper eq. 15): m_x = m - w sum_i m_i, where w_j is the slope of exp
 * at x_j times that of log at Z ({@link SoftmaxRun.Both#shares}); the divided difference of the logarithm is the inverse of
 * that of exp. The shares w are positive and sum_j w_j (x_j - r_j) = log Z - log Z0: exact for any differences. As these
 * become 0, w becomes the softmax.
 */
final class LogSoftmaxRule implements Rule {
    @Override
    public String name() {
        return "log softmax";
    }

    @Override
    public String equation() {
        return "exp, sum, log and difference, each by its rule";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        Node shares = runs.shares();
        String name = RuleContext.multiplierName(node, 0);
        return List.of(upstream.map(
                m -> context.subtract(m, context.multiply(shares, runs.actual().sum(m), name), name)));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        Node shares = runs.shares();
        String name = node.name() + ".part";
        return context.parts(node.input(0))
                .map(part -> context.subtract(part, runs.actual().sum(context.multiply(shares, part, name)), name));
    }
}
