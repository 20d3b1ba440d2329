package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = e q with e = exp(x), Z = sum e, q = 1 / Z, inside a network.
 *
 * <p>By product (paper eq. 18), sum and rescale: m_q = sum_i m_i (e_i + e0_i) / 2, m_Z = -m_q q q0,
 * m_x = (m (q + q0) / 2 + m_Z) (e - e0) / (x - r). What is computed is the same in other terms, as
 * q q0 m_q = (q0 sum_i m_i y_i + q sum_i m_i y0_i) / 2: with s and s0 the slope of exp over Z and over Z0,
 * m_x = s (m - sum_i m_i y0_i) / 2 + s0 (m - sum_i m_i y_i) / 2. Nothing in it depends on a shift of the logits, and where
 * Z and Z0 are far apart, so that one of the slopes is huge, what it multiplies keeps its digits. Exact for any
 * differences; exp and the reciprocal are rescaled whatever rule nonlinearities of the model have.
 *
 * @param bounded whether slopes are kept from overflowing, where another rule counts in their stead
 */
record DecomposedSoftmax(boolean bounded) implements Rule {
    /** The rule by itself, whose slopes may be as large as they are. */
    DecomposedSoftmax() {
        this(false);
    }

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public String equation() {
        return "exp, sum, reciprocal and product, each by its rule";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        SoftmaxRun actual = runs.actual();
        SoftmaxRun reference = runs.reference();
        String name = RuleContext.multiplierName(node, 0);
        Node slope = slope(runs, actual);
        if (runs.areOne()) {
            return List.of(upstream.map(m -> context.multiply(actual.lessExpected(m), slope, name)));
        }
        Node slope0 = slope(runs, reference);
        return List.of(upstream.map(m -> {
            Node half = context.multiply(m, context.builder().constant(0.5), name);
            return context.plus(
                    context.multiply(reference.lessExpected(half), slope, name),
                    context.multiply(actual.lessExpected(half), slope0, name),
                    name);
        }));
    }

    /** A part of the logits' difference through every step; the product's coefficients are never negative. */
    @Override
    public Parts parts(Node node, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        String name = node.name() + ".part";
        return context.parts(node.input(0)).map(part -> {
            Node half = context.multiply(part, context.builder().constant(0.5), name);
            return context.plus(
                    forward(half, slope(runs, runs.actual()), runs.reference(), name),
                    forward(half, slope(runs, runs.reference()), runs.actual(), name),
                    name);
        });
    }

    private Node slope(SoftmaxRun.Both runs, SoftmaxRun run) {
        return bounded ? runs.boundedSlope(run) : runs.slope(run);
    }

    private static Node forward(Node part, Node slope, SoftmaxRun other, String name) {
        RuleContext context = other.context();
        Node ofExp = context.multiply(part, slope, name);
        Node shared = context.multiply(other.sum(ofExp), other.probabilities(), name);
        return context.subtract(ofExp, shared, name);
    }
}
