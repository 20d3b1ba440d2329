package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A softmax on one run, y = exp(x - log Z) with Z = sum exp(x), in terms that no shift of the logits makes overflow.
 *
 * @param axis the axis of the classes
 * @param largest the largest logit
 * @param logSum log Z
 */
record SoftmaxRun(Node node, RuleContext context, List<Integer> axis, Node logits, Node largest, Node logSum) {
    private static final Activation EXP = Activation.of(Activation.Kind.EXP);
    private static final Activation LOG = Activation.of(Activation.Kind.LOG);

    static SoftmaxRun of(Node node, Node logits, RuleContext context) {
        List<Integer> axis = List.of(((Op.Softmax) node.op()).axis());
        String name = node.name() + ".log";
        Node largest = context.add(new Op.Reduce(Op.ReduceKind.MAX, axis, true), name, logits);
        Node exponentials = context.add(new Op.Elementwise(EXP), name, context.subtract(logits, largest, name));
        Node sum = context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), name, exponentials);
        Node logSum = context.plus(largest, context.add(new Op.Elementwise(LOG), name, sum), name);
        return new SoftmaxRun(node, context, axis, logits, largest, logSum);
    }

    /** The run on the example and that on the reference; one where these are one. */
    record Both(SoftmaxRun actual, SoftmaxRun reference) {
        boolean areOne() {
            return actual.logits == reference.logits;
        }
    }

    static Both both(Node node, RuleContext context) {
        SoftmaxRun actual = of(node, context.actual(node.input(0)), context);
        Node r = context.reference(node.input(0));
        return new Both(actual, actual.logits == r ? actual : of(node, r, context));
    }

    /** (exp(x - c) - exp(r - c)) / (x - r) for c = log Z of this run: its logarithmic mean of both exponentials. */
    Node slope(Both runs) {
        return difference(context, node.name() + ".slope", runs.actual.logits, runs.reference.logits, logSum);
    }

    /** The divided difference of exp between a and b, both shifted. */
    static Node difference(RuleContext context, String name, Node a, Node b, Node shift) {
        Node ofActual = context.subtract(a, shift, name);
        Node ofReference = a == b ? ofActual : context.subtract(b, shift, name);
        return context.add(new Op.DividedDifference(EXP), name, ofActual, ofReference);
    }

    /** The sum along the classes. */
    Node sum(Node terms) {
        return context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), terms.name(), terms);
    }

    /** y. */
    Node probabilities() {
        String name = node.name() + ".probabilities";
        return context.add(new Op.Elementwise(EXP), name, context.subtract(logits, logSum, name));
    }

    /**
     * m less its mean by the probabilities, m_j - sum_i y_i m_i. Where one class has nearly all, both are nearly equal; so m
     * of the likeliest class is taken off everything first, and what is left of its own is a sum of small terms.
     */
    Node lessExpected(Node m) {
        String name = m.name();
        Node likeliest =
                context.add(new Op.Binary(Op.BinaryKind.AT_LEAST), node.name() + ".likeliest", logits, largest);
        Node pivot = context.add(
                new Op.Binary(Op.BinaryKind.DIVIDE), name, sum(context.multiply(m, likeliest, name)), sum(likeliest));
        Node above = context.subtract(m, pivot, name);
        return context.subtract(above, sum(context.multiply(above, probabilities(), name)), name);
    }
}
