package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y = e q with e = exp(x - c), Z = sum e, q = 1 / Z, inside a network.
 *
 * <p>By product (paper eq. 18), sum and rescale: m_q = sum_i m_i (e_i + e0_i) / 2, m_Z = -m_q q q0,
 * m_x = (m (q + q0) / 2 + m_Z) (e - e0) / (x - r). The shift c is common to both runs and cancels; it is the largest
 * logit of either, so that no exponential overflows. Exact for any differences; exp and the reciprocal are rescaled
 * whatever rule nonlinearities of the model have.
 */
final class SoftmaxRule implements Rule {
    private static final Activation EXP = Activation.of(Activation.Kind.EXP);
    private static final Activation RECIPROCAL = Activation.of(Activation.Kind.RECIPROCAL);

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
        Steps steps = new Steps(node, context);
        return List.of(upstream.map(steps::toLogits));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Steps steps = new Steps(node, context);
        return context.parts(node.input(0)).map(steps::ofLogits);
    }

    /** The decomposition on both runs. */
    private static final class Steps {
        private final Node node;
        private final RuleContext context;
        private final List<Integer> axis;
        private final Node exponentials;
        private final Node inverse;
        private final Node inverseProduct;
        private final Node slope;

        Steps(Node node, RuleContext context) {
            this.node = node;
            this.context = context;
            this.axis = List.of(((Op.Softmax) node.op()).axis());
            Node x = context.actual(node.input(0));
            Node r = context.reference(node.input(0));
            Node shift =
                    x == r ? max(x) : context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name("shift"), max(x), max(r));
            Node shifted = context.subtract(x, shift, name("shifted"));
            Node shifted0 = x == r ? shifted : context.subtract(r, shift, name("shifted"));
            Node e = context.add(new Op.Elementwise(EXP), name("exp"), shifted);
            Node e0 = x == r ? e : context.add(new Op.Elementwise(EXP), name("exp"), shifted0);
            Node q = inverseOfSum(e);
            Node q0 = x == r ? q : inverseOfSum(e0);
            this.exponentials = average(e, e0, "exp");
            this.inverse = average(q, q0, "inverse");
            this.inverseProduct = context.multiply(q, q0, name("inverse"));
            this.slope = context.add(new Op.DividedDifference(EXP), name("slope"), shifted, shifted0);
        }

        private String name(String part) {
            return node.name() + "." + part;
        }

        private Node max(Node logits) {
            return context.add(new Op.Reduce(Op.ReduceKind.MAX, axis, true), name("shift"), logits);
        }

        private Node sum(Node terms, String part) {
            return context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), name(part), terms);
        }

        private Node inverseOfSum(Node e) {
            return context.add(new Op.Elementwise(RECIPROCAL), name("inverse"), sum(e, "sum"));
        }

        private Node average(Node a, Node b, String part) {
            if (a == b) {
                return a;
            }
            Node total = context.add(new Op.Binary(Op.BinaryKind.ADD), name(part), a, b);
            return context.multiply(total, context.builder().constant(0.5), name(part));
        }

        private Node toLogits(Node m) {
            Node toInverse = sum(context.multiply(m, exponentials, name("inverse.multiplier")), "inverse.multiplier");
            Node toSum = context.multiply(toInverse, inverseProduct, name("sum.multiplier"));
            Node toExp = context.subtract(
                    context.multiply(m, inverse, name("exp.multiplier")), toSum, name("exp.multiplier"));
            return context.multiply(toExp, slope, RuleContext.multiplierName(node, 0));
        }

        /** A part of the logits' difference through every step; the product's coefficients are never negative. */
        private Node ofLogits(Node part) {
            Node ofExp = context.multiply(part, slope, name("part"));
            Node ofInverse = context.multiply(
                    context.multiply(sum(ofExp, "part"), inverseProduct, name("part")),
                    context.builder().constant(-1),
                    name("part"));
            return context.plus(
                    context.multiply(ofExp, inverse, name("part")),
                    context.multiply(ofInverse, exponentials, name("part")),
                    name("part"));
        }
    }
}
