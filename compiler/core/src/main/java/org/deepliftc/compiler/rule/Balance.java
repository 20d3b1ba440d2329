package org.deepliftc.compiler.rule;

import java.util.Optional;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * The weights of both runs in the coefficients of a product a q: m_a = m_y (w q + (1 - w) q0) and
 * m_q = m_y (w a0 + (1 - w) a) for any w, as a q - a0 q0 = (a - a0) (w q + (1 - w) q0) + (q - q0) (w a0 + (1 - w) a).
 *
 * <p>The paper's rule has w = 1/2 (eq. 18). Where q = 1 / s is the inverse of a norm, q0 is huge for a reference near zero, and
 * both shares with it, though they cancel. With w = s / (s + s0) both coefficients of a differ from it by no more than a does:
 * m_a = 2 m_y / (s + s0). Between the two is chosen by the imbalance (s + s0)^2 / (4 s s0), 1 where the norms are equal.
 *
 * @param norm which of the two inputs is the norm, or its inverse
 * @param how the rule that was asked for
 */
record Balance(int norm, boolean divides, NormRule how) {
    /** Up to this imbalance, norms that differ about thirtyfold, the paper's rule is well-conditioned; from twice it on it is not used. */
    private static final double WELL_CONDITIONED = 8;

    /** w and 1 - w, each computed by itself: next to 1 nothing would be left of the other. */
    record Weights(Node actual, Node reference) {
        Node mean(Node onActual, Node onReference, String name, RuleContext context) {
            return context.plus(
                    context.multiply(onActual, actual, name), context.multiply(onReference, reference, name), name);
        }

        Weights exchanged() {
            return new Weights(reference, actual);
        }
    }

    /** The weights of both runs in the coefficient of the dividend. */
    Weights weights(Node node, RuleContext context) {
        String name = node.name() + ".balance";
        Node actual = context.actual(node.input(norm));
        Node reference = context.reference(node.input(norm));
        Node both = context.plus(actual, reference, name);
        Op divide = new Op.Binary(Op.BinaryKind.DIVIDE);
        Weights parts =
                new Weights(context.add(divide, name, actual, both), context.add(divide, name, reference, both));
        Weights own = divides ? parts : parts.exchanged();
        if (how == NormRule.PATH) {
            return own;
        }
        Node paper = paper(actual, reference, name, context);
        Node half = context.multiply(paper, context.builder().constant(0.5), name);
        Node rest = context.subtract(context.builder().constant(1), paper, name);
        return new Weights(
                context.plus(half, context.multiply(rest, own.actual, name), name),
                context.plus(half, context.multiply(rest, own.reference, name), name));
    }

    /** How much of the paper's rule is used for two norms of these sizes, or inverses of such: 1 for like ones, 0 for others. */
    private static Node paper(Node a, Node b, String name, RuleContext context) {
        Node both = context.plus(a, b, name);
        Node imbalance = context.add(
                new Op.Binary(Op.BinaryKind.DIVIDE),
                name,
                context.multiply(both, both, name),
                context.multiply(context.multiply(a, b, name), context.builder().constant(4 * WELL_CONDITIONED), name));
        return share(imbalance, name, context);
    }

    /** 1 up to a measure of 1, 0 from 2 on. */
    static Node share(Node measure, String name, RuleContext context) {
        Node left = context.subtract(context.builder().constant(2), measure, name);
        return context.add(new Op.Elementwise(Activation.clip(0, 1)), name, left);
    }

    /** The coefficient that a factor of a product has, by the other factor on both runs. */
    static Node coefficient(Optional<Balance> balance, Node node, int factor, RuleContext context) {
        Node other = node.input(1 - factor);
        Node actual = context.actual(other);
        Node reference = context.reference(other);
        if (balance.isEmpty() || actual == reference) {
            return context.average(other);
        }
        Weights ofDividend = balance.get().weights(node, context);
        Weights weights = factor == balance.get().norm ? ofDividend.exchanged() : ofDividend;
        return weights.mean(actual, reference, other.name() + ".average", context);
    }
}
