package org.deepliftc.compiler.rule;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.Node;

/**
 * What travels back along an edge: the contribution to the target per unit of difference-from-reference. Rules that
 * tell apart the positive and the negative part of a difference (RevealCancel) hand back one multiplier for each;
 * everywhere else the two are the same node, and everything is computed once.
 */
public record Multiplier(Node positive, Node negative) {

    public Multiplier {
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
    }

    public static Multiplier of(Node single) {
        return new Multiplier(single, single);
    }

    /** True where both parts share one multiplier. */
    public boolean isSingle() {
        return positive == negative;
    }

    /** Both channels through the same linear map; computed once where they are one. */
    public Multiplier map(UnaryOperator<Node> linear) {
        Node mapped = linear.apply(positive);
        return new Multiplier(mapped, isSingle() ? mapped : linear.apply(negative));
    }

    /** Channel by channel with another. */
    public Multiplier combine(Multiplier other, BinaryOperator<Node> operation) {
        Node first = operation.apply(positive, other.positive);
        return new Multiplier(
                first, isSingle() && other.isSingle() ? first : operation.apply(negative, other.negative));
    }
}
