package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Hands out sum_j g_j (d_j - c) to the differences d_j of logits, where c = sum_k w_k d_k is the mean that they share: weights w
 * are positive and add up to 1.
 *
 * <p>What d_j and c have in common, u_j (the part of d_j that lies between 0 and c), cancels before anything is multiplied. What
 * d_j exceeds it by belongs to logit j; what c exceeds it by belongs to those that carry c, each in proportion to its part
 * w_k d_k in the direction of c:
 *
 * <pre>
 *   C_k = g_k (d_k - u_k) + G w_k t_k / sum w t,   G = -sum_j g_j (c - u_j),   t = max(d sign c, 0)
 * </pre>
 *
 * <p>The C_k add up to the sum, a logit that does not change gets nothing, and sum |C| is at most twice sum |g_j (d_j - c)|:
 * shares are of the size of the change whatever all logits move by.
 *
 * @param own (d - u) / d, 1 where d is 0
 * @param rest c - u
 * @param carried w t / (d sum w t): what of G belongs to the multiplier of each logit
 */
record SharedShift(RuleContext context, List<Integer> axis, Node own, Node rest, Node carried) {
    private static final double LEAST = 1e-30;

    SharedShift {
        axis = List.copyOf(axis);
    }

    /**
     * The shift that differences share.
     *
     * @param d the differences
     * @param apart d - c, as exact as it can be had: where all logits move far, the difference of both has lost its digits
     * @param c their mean, of extent 1 along the axis; its sign is all that is read
     * @param weights w
     */
    static SharedShift of(Node d, Node apart, Node c, Node weights, List<Integer> axis, RuleContext context) {
        String name = d.name() + ".shift";
        Node zero = context.builder().constant(0);
        Op.Binary maximum = new Op.Binary(Op.BinaryKind.MAXIMUM);
        Op.Binary atLeast = new Op.Binary(Op.BinaryKind.AT_LEAST);
        Node rises = context.add(atLeast, name, c, zero);
        Node sign = context.subtract(
                context.multiply(rises, context.builder().constant(2), name),
                context.builder().constant(1),
                name);
        Node along = context.multiply(d, sign, name);
        Node against = context.add(new Op.Binary(Op.BinaryKind.MINIMUM), name, along, zero);
        Node beyond = context.add(maximum, name, context.multiply(apart, sign, name), zero);
        Node exceeding = context.multiply(context.plus(against, beyond, name), sign, name); // d - u
        Node isAlong = context.subtract(context.builder().constant(1), context.add(atLeast, name, zero, along), name);
        Node weight = context.multiply(weights, isAlong, name);
        Node all = context.add(
                maximum,
                name,
                sum(context.multiply(weight, along, name), axis, context),
                context.builder().constant(LEAST));
        Node carried =
                context.multiply(context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, weight, all), sign, name);
        return new SharedShift(
                context,
                axis,
                context.add(new Op.Binary(Op.BinaryKind.SLOPE), name, exceeding, d),
                context.subtract(exceeding, apart, name),
                carried);
    }

    /** The multipliers of the logits. */
    Node multipliers(Node g, String name) {
        Node together = sum(context.multiply(g, rest, name), axis, context);
        return context.subtract(context.multiply(g, own, name), context.multiply(carried, together, name), name);
    }

    private static Node sum(Node terms, List<Integer> axis, RuleContext context) {
        return context.add(new Op.Reduce(Op.ReduceKind.SUM, axis, true), terms.name(), terms);
    }
}
