package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = exp(x - log Z) with Z = sum exp(x), inside a network: the logarithm of the sum is handed back before the exponential.
 *
 * <p>By rescale of both exponentials and of the logarithm (paper 2.3.4), with L(a, b) = (a - b) / (log a - log b) the
 * logarithmic mean: m_j = s_j m_y_j - w_j sum_i s_i m_y_i, where s_i = L(y_i, y0_i) and w_j = L(e_j, e0_j) / L(Z, Z0) for
 * e = exp(x). Exact for any differences; logits that all move alike count zero. As s lies between y and y0, and the w are
 * positive and add up to at most 1, multipliers stay of the size of a derivative however far apart the logits of both runs
 * are. L(Z, Z0) is taken of log Z, which no shift makes overflow.
 */
final class LogarithmicMeanSoftmax implements Rule {
    @Override
    public String name() {
        return "logarithmic mean";
    }

    @Override
    public String equation() {
        return "m_j = s_j m_j - w_j sum s m, s = L(y, y'), w = L(e, e') / L(Z, Z')";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        Node means = runs.means();
        Node shares = runs.shares();
        String name = RuleContext.multiplierName(node, 0);
        return List.of(upstream.map(m -> {
            Node ofProbabilities = context.multiply(m, means, name);
            Node ofSum = context.multiply(runs.actual().sum(ofProbabilities), shares, name);
            return context.subtract(ofProbabilities, ofSum, name);
        }));
    }

    /** A part of the logits' difference less its mean by the shares, times the means of the probabilities. */
    @Override
    public Parts parts(Node node, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        Node means = runs.means();
        Node shares = runs.shares();
        String name = node.name() + ".part";
        return context.parts(node.input(0)).map(part -> {
            Node common = runs.actual().sum(context.multiply(part, shares, name));
            return context.multiply(context.subtract(part, common, name), means, name);
        });
    }
}
