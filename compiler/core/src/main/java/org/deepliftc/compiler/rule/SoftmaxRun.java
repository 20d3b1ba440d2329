package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A softmax, or its logarithm, on one run: y = exp(x - log Z) with Z = sum exp(x). The largest logit is taken off before log Z
 * less it is: no exponential overflows, and large logits cost no digits.
 *
 * @param axis the axis of the classes
 * @param largest the largest logit
 * @param logOfSum log Z - largest
 */
record SoftmaxRun(Node node, RuleContext context, List<Integer> axis, Node logits, Node largest, Node logOfSum) {
    static final Op SIZE = new Op.Elementwise(Activation.of(Activation.Kind.ABS));

    /** The logit of a class that is masked: its exponential is 0, and its difference from another such is 0, not undefined. */
    private static final double MASKED = -1e30;

    /** Exponents beyond this belong to shares that no longer count. */
    private static final double LARGEST_EXPONENT = 40;

    private static final Activation EXP = Activation.of(Activation.Kind.EXP);
    private static final Activation LOG = Activation.of(Activation.Kind.LOG);

    /** The run on the example and that on the reference; one where these are one. */
    record Both(SoftmaxRun actual, SoftmaxRun reference) {
        /** The runs of a softmax or of its logarithm. */
        static Both of(Node node, RuleContext context) {
            int axis = node.op() instanceof Op.Softmax softmax ? softmax.axis() : ((Op.LogSoftmax) node.op()).axis();
            Node x = context.actual(node.input(0));
            Node r = context.reference(node.input(0));
            SoftmaxRun actual = run(node, axis, x, context);
            return new Both(actual, x == r ? actual : run(node, axis, r, context));
        }

        List<Integer> axis() {
            return actual.axis;
        }

        String name(String part) {
            return actual.name(part);
        }

        boolean areOne() {
            return actual.logits == reference.logits;
        }

        /** (exp(x - log Z) - exp(r - log Z)) / (x - r), with Z that of either run. */
        Node slope(SoftmaxRun run) {
            return difference(run.less(actual.logits), run.less(reference.logits), run.name("slope"));
        }

        /** As {@link #slope}, of exponents that do not overflow. */
        Node boundedSlope(SoftmaxRun run) {
            return difference(bounded(run.less(actual.logits)), bounded(run.less(reference.logits)), run.name("slope"));
        }

        private Node bounded(Node exponent) {
            RuleContext context = actual.context;
            return context.add(
                    new Op.Binary(Op.BinaryKind.MINIMUM),
                    exponent.name(),
                    exponent,
                    context.builder().constant(LARGEST_EXPONENT));
        }

        /** The differences of the logits. */
        Node differences() {
            return actual.context.subtract(actual.logits, reference.logits, actual.name("delta"));
        }

        /** log y - log y0. */
        Node ofLogarithms() {
            return actual.context.subtract(
                    actual.less(actual.logits), reference.less(reference.logits), actual.name("change"));
        }

        /** log Z - log Z0. */
        Node commonShift() {
            String name = actual.name("shift");
            RuleContext context = actual.context;
            return context.plus(
                    context.subtract(actual.largest, reference.largest, name),
                    context.subtract(actual.logOfSum, reference.logOfSum, name),
                    name);
        }

        /** The {@link #means} as shares of their sum. */
        Node weights(Node means) {
            return actual.context.add(
                    new Op.Binary(Op.BinaryKind.DIVIDE), actual.name("weight"), means, actual.sum(means));
        }

        /** The logarithmic means of the probabilities of both runs, L(y, y0). */
        Node means() {
            return difference(actual.less(actual.logits), reference.less(reference.logits), actual.name("mean"));
        }

        /**
         * w_j = L(e_j, e0_j) / L(Z, Z0) with e = exp(x): what of the change of log Z belongs to each logit's change, as
         * sum_j w_j (x_j - r_j) = log Z - log Z0. All exponentials are taken less the larger log Z of both runs, which
         * cancels; L(Z, Z0), the divided difference of exp between both, is then never 0. The softmax where the runs are one.
         */
        Node shares() {
            if (areOne()) {
                return actual.probabilities();
            }
            String name = actual.name("share");
            RuleContext context = actual.context;
            Node shift = larger(actual.largest, reference.largest, name);
            Node total = context.plus(context.subtract(actual.largest, shift, name), actual.logOfSum, name);
            Node total0 = context.plus(context.subtract(reference.largest, shift, name), reference.logOfSum, name);
            Node most = larger(total, total0, name);
            Node exponentials = difference(
                    context.subtract(context.subtract(actual.logits, shift, name), most, name),
                    context.subtract(context.subtract(reference.logits, shift, name), most, name),
                    name);
            Node sums = difference(context.subtract(total, most, name), context.subtract(total0, most, name), name);
            return context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, exponentials, sums);
        }

        private Node larger(Node a, Node b, String name) {
            return actual.context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name, a, b);
        }

        private Node difference(Node a, Node b, String name) {
            return actual.context.add(new Op.DividedDifference(EXP), name, a, areOne() ? a : b);
        }
    }

    private static SoftmaxRun run(Node node, int along, Node given, RuleContext context) {
        List<Integer> axis = List.of(along);
        String name = node.name() + ".log";
        Node masked = context.builder().constant(MASKED);
        Node logits = context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name, given, masked);
        Node largest = context.add(new Op.Reduce(Op.ReduceKind.MAX, axis, true), name, logits);
        Node exponentials = context.add(new Op.Elementwise(EXP), name, context.subtract(logits, largest, name));
        Node sum = context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), name, exponentials);
        return new SoftmaxRun(node, context, axis, logits, largest, context.add(new Op.Elementwise(LOG), name, sum));
    }

    private String name(String part) {
        return node.name() + "." + part;
    }

    /** v - log Z. */
    private Node less(Node v) {
        String name = name("log");
        return context.subtract(context.subtract(v, largest, name), logOfSum, name);
    }

    /** y. */
    Node probabilities() {
        return context.add(new Op.Elementwise(EXP), name("probabilities"), less(logits));
    }

    /** The sum along the classes. */
    Node sum(Node terms) {
        return context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), terms.name(), terms);
    }

    /**
     * m less its mean by the probabilities, m_j - sum_i y_i m_i. Where one class has nearly all, both are nearly equal; so m
     * of the likeliest class is taken off everything first, and what is left of its own is a sum of small terms.
     */
    Node lessExpected(Node m) {
        String name = m.name();
        Node likeliest = context.add(new Op.Binary(Op.BinaryKind.AT_LEAST), name("likeliest"), logits, largest);
        Node pivot = context.add(
                new Op.Binary(Op.BinaryKind.DIVIDE), name, sum(context.multiply(m, likeliest, name)), sum(likeliest));
        Node above = context.subtract(m, pivot, name);
        return context.subtract(above, sum(context.multiply(above, probabilities(), name)), name);
    }
}
