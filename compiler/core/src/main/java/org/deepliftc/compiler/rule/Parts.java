package org.deepliftc.compiler.rule;

import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.Node;

/**
 * The two parts into which RevealCancel splits the difference-from-reference of a value (arXiv 1704.02685, 3.5.3): what its
 * positive and what its negative terms add up to. They sum to the difference.
 */
public record Parts(Node positive, Node negative) {
    public Parts {
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
    }

    /** Both parts through the same linear map. */
    public Parts map(UnaryOperator<Node> linear) {
        return new Parts(linear.apply(positive), linear.apply(negative));
    }

    /** Part by part with another. */
    public Parts combine(Parts other, BinaryOperator<Node> operation) {
        return new Parts(operation.apply(positive, other.positive), operation.apply(negative, other.negative));
    }

    /** The parts of the difference taken the other way round: what was positive counts as negative. */
    public Parts exchanged() {
        return new Parts(negative, positive);
    }
}
