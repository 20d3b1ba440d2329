package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = exp(x - log Z) with Z = sum exp(x), inside a network: what moves all logits alike cancels before it is multiplied.
 *
 * <p>With s_j = L(y_j, y0_j), the logarithmic mean L(a, b) = (a - b) / (log a - log b) (rescale of the exponential, paper eq. 15),
 * y_j - y0_j = s_j (d_j - c) with d the differences of the logits and c = log Z - log Z0. As all y_j - y0_j add up to 0,
 * c = sum_k w_k d_k for w = s / sum s: both depend on differences of logits alone. So
 * sum m_j (y_j - y0_j) = sum_j s_j (m_j - sum_k w_k m_k) (d_j - c), which {@link SharedShift} hands out.
 *
 * <p>Exact for any differences. The shares add up in size to at most twice sum |m_j - m_mean| |y_j - y0_j|, however far the
 * logits move together or apart; a logit whose probability is 0 in both runs gets nothing. As the differences go to zero the sum
 * does, and so does each share.
 */
final class ShiftFreeSoftmax implements Rule {
    @Override
    public String name() {
        return "shift-free";
    }

    @Override
    public String equation() {
        return "dy = s (dx - c), s = L(y, y'), c = sum s dx / sum s; what dx and c share cancels";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        if (runs.areOne()) {
            return new DecomposedSoftmax().apply(node, upstream, context);
        }
        Node means = runs.means();
        Node weights = runs.weights(means);
        SharedShift shift = SharedShift.of(
                runs.differences(), runs.ofLogarithms(), runs.commonShift(), weights, runs.axis(), context);
        String name = RuleContext.multiplierName(node, 0);
        return List.of(upstream.map(m -> {
            Node mean = runs.actual().sum(context.multiply(m, weights, name));
            return shift.multipliers(context.multiply(context.subtract(m, mean, name), means, name), name);
        }));
    }

    /** The decomposition's: parts of a difference have no shift in common. */
    @Override
    public Parts parts(Node node, RuleContext context) {
        return new DecomposedSoftmax().parts(node, context);
    }
}
