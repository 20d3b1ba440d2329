package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * y_i = x_i - log Z, Z = sum_j exp(x_j).
 *
 * <p>By difference, log, sum and exp, each rescaled (paper eq. 15): with L = log Z on the example and L0 on the reference,
 * m_x = m - w sum_i m_i with w_j = exp[x_j, r_j] log[Z, Z0] = exp[x_j, r_j] / exp[L, L0], since the divided difference of
 * the logarithm is the inverse of that of exp. Both are taken less c, the larger of L and L0, which cancels: no exponential
 * overflows, and exp[L - c, L0 - c] is never 0, however far apart the runs lie. The largest logit of either run is taken
 * off first, so that large logits cost no digits. The shares w are positive and
 * sum_j w_j (x_j - r_j) = L - L0: exact for any differences. As they become 0, w becomes the softmax.
 */
final class LogSoftmaxRule implements Rule {
    private static final Activation EXP = Activation.of(Activation.Kind.EXP);
    private static final Activation LOG = Activation.of(Activation.Kind.LOG);

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
        private final Node shares;

        Steps(Node node, RuleContext context) {
            this.node = node;
            this.context = context;
            this.axis = List.of(((Op.LogSoftmax) node.op()).axis());
            Node x = context.actual(node.input(0));
            Node r = context.reference(node.input(0));
            Node largest = largest(x);
            if (x == r) {
                Node shifted = context.subtract(x, largest, name("shifted"));
                this.shares = context.add(
                        new Op.Elementwise(EXP),
                        name("share"),
                        context.subtract(shifted, logOfSum(x, largest), name("shifted")));
                return;
            }
            Node largest0 = largest(r);
            Node shift = larger(largest, largest0);
            Node total =
                    context.plus(context.subtract(largest, shift, name("total")), logOfSum(x, largest), name("total"));
            Node total0 = context.plus(
                    context.subtract(largest0, shift, name("total")), logOfSum(r, largest0), name("total"));
            Node c = larger(total, total0);
            Node slope = slope(
                    context.subtract(x, shift, name("shifted")),
                    context.subtract(r, shift, name("shifted")),
                    c,
                    "slope");
            this.shares = context.add(
                    new Op.Binary(Op.BinaryKind.DIVIDE), name("share"), slope, slope(total, total0, c, "slopeOfTotal"));
        }

        private String name(String part) {
            return node.name() + "." + part;
        }

        /** exp[a - c, b - c]. */
        private Node slope(Node a, Node b, Node c, String part) {
            return context.add(
                    new Op.DividedDifference(EXP),
                    name(part),
                    context.subtract(a, c, name("shifted")),
                    context.subtract(b, c, name("shifted")));
        }

        private Node sum(Node terms, String part) {
            return context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), name(part), terms);
        }

        private Node largest(Node x) {
            return context.add(new Op.Reduce(Op.ReduceKind.MAX, axis, true), name("largest"), x);
        }

        private Node larger(Node a, Node b) {
            return context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name("shift"), a, b);
        }

        /** log sum exp(x - largest). */
        private Node logOfSum(Node x, Node largest) {
            Node e = context.add(new Op.Elementwise(EXP), name("exp"), context.subtract(x, largest, name("shifted")));
            return context.add(new Op.Elementwise(LOG), name("log"), sum(e, "sum"));
        }

        private Node toLogits(Node m) {
            Node all = context.multiply(shares, sum(m, "sum.multiplier"), name("exp.multiplier"));
            return context.subtract(m, all, RuleContext.multiplierName(node, 0));
        }

        private Node ofLogits(Node part) {
            Node ofTotal = sum(context.multiply(shares, part, name("part")), "part");
            return context.subtract(part, ofTotal, name("part"));
        }
    }
}
