package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;

/**
 * An activation x g(x) with a costly g, as GELU and SiLU are, becomes a product, and its divided difference what that of a
 * product is: (g(a) + g(b)) / 2 + g[a, b] (a + b) / 2. So g is computed once for value and slope, at the reference when
 * compiling where that is known, and no method has to hold all of it.
 */
final class ExpandProducts extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (node.op() instanceof Op.Elementwise elementwise) {
            Optional<Activation> factor = factor(elementwise.activation());
            return factor.isPresent()
                    ? turn.like(
                            node,
                            new Op.Binary(Op.BinaryKind.MULTIPLY),
                            inputs.get(0),
                            turn.like(node, new Op.Elementwise(factor.get()), inputs.get(0)))
                    : keep(node, inputs, turn);
        }
        if (node.op() instanceof Op.DividedDifference difference) {
            Optional<Activation> factor = factor(difference.activation());
            return factor.isPresent() ? slope(node, factor.get(), inputs, turn) : keep(node, inputs, turn);
        }
        return keep(node, inputs, turn);
    }

    private static Node slope(Node node, Activation factor, List<Node> inputs, Turn turn) {
        Node a = inputs.get(0);
        Node b = inputs.get(1);
        Op.Elementwise value = new Op.Elementwise(factor);
        Node atA = turn.like(node, value, a);
        Node mean = mean(node, atA, a == b ? atA : turn.like(node, value, b), turn);
        Node slope = turn.like(node, new Op.DividedDifference(factor), a, b);
        Node ofFactor = turn.like(node, new Op.Binary(Op.BinaryKind.MULTIPLY), slope, mean(node, a, b, turn));
        return turn.like(node, new Op.Binary(Op.BinaryKind.ADD), mean, ofFactor);
    }

    private static Node mean(Node node, Node a, Node b, Turn turn) {
        if (a == b) {
            return a;
        }
        Node sum = turn.like(node, new Op.Binary(Op.BinaryKind.ADD), a, b);
        return turn.like(
                node, new Op.Binary(Op.BinaryKind.MULTIPLY), sum, turn.builder().constant(0.5));
    }

    /** g of x g(x), where it is costly. */
    private static Optional<Activation> factor(Activation activation) {
        if (!(activation instanceof Activation.UserDefined defined)
                || !(defined.body() instanceof ScalarFunction.Arithmetic product)
                || product.operator() != ScalarFunction.Operator.MULTIPLY
                || !(product.left() instanceof ScalarFunction.Variable)
                || !(product.right() instanceof ScalarFunction.Apply factor)
                || !factor.outer().isCostly()) {
            return Optional.empty();
        }
        return Optional.of(
                factor.inner() instanceof ScalarFunction.Variable
                        ? factor.outer()
                        : new Activation.UserDefined(defined.name() + ".factor", factor));
    }
}
