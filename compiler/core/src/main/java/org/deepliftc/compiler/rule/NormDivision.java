package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * Finds the products and quotients that divide a tensor by a norm: layer, RMS, group and instance normalisation, L2
 * normalisation, cosines, however a file writes them.
 */
final class NormDivision {
    /** How far a norm is looked for behind bounds, sums with constants and changes of shape. */
    private static final int DEPTH = 8;

    private NormDivision() {}

    /** The rule of a product or quotient by a norm; empty where it is none. */
    static Optional<Rule> rule(Node node, NormRule how) {
        if (how == NormRule.DECOMPOSED || node.inputs().size() != 2) {
            return Optional.empty();
        }
        boolean divides = ((Op.Binary) node.op()).kind() == Op.BinaryKind.DIVIDE;
        Optional<Rule> found = rule(node, 1, divides, how);
        return divides ? found : found.or(() -> rule(node, 0, false, how));
    }

    private static Optional<Rule> rule(Node node, int input, boolean divides, NormRule how) {
        Node scale = node.input(input);
        if (how == NormRule.PATH) {
            Optional<Node> radicand = divides ? ofKind(spread(scale), Activation.Kind.SQRT) : inverted(spread(scale));
            Optional<Quadratic> quadratic =
                    radicand.flatMap(v -> Quadratic.of(v, node.input(1 - input), spread(scale)));
            if (quadratic.isPresent()) {
                Rule product = divides ? new QuotientRule(Optional.empty()) : new ProductRule(Optional.empty());
                return Optional.of(new PathNormRule(quadratic.get(), input, product));
            }
        }
        Optional<Balance> balance = Optional.of(new Balance(input, divides, how));
        if (divides) {
            return isRoot(scale, DEPTH) ? Optional.of(new QuotientRule(balance)) : Optional.empty();
        }
        return isInverseRoot(scale) ? Optional.of(new ProductRule(balance)) : Optional.empty();
    }

    /** The node that is repeated to a shape. */
    private static Node spread(Node node) {
        return node.op() instanceof Op.Broadcast ? spread(node.input(0)) : node;
    }

    private static Optional<Node> ofKind(Node node, Activation.Kind kind) {
        Node at = unshaped(node);
        return isKind(at, kind) ? Optional.of(at.input(0)) : Optional.empty();
    }

    private static boolean isKind(Node node, Activation.Kind kind) {
        return node.op() instanceof Op.Elementwise elementwise
                && elementwise.activation() instanceof Activation.Builtin builtin
                && builtin.kind() == kind;
    }

    /** v of 1 / sqrt(v). */
    private static Optional<Node> inverted(Node node) {
        Node at = unshaped(node);
        if (isKind(at, Activation.Kind.RECIPROCAL)) {
            return ofKind(at.input(0), Activation.Kind.SQRT);
        }
        boolean ofOne = at.op() instanceof Op.Binary binary
                && binary.kind() == Op.BinaryKind.DIVIDE
                && number(at.input(0)).filter(one -> one == 1).isPresent();
        return ofOne ? ofKind(at.input(1), Activation.Kind.SQRT) : ofKind(at, Activation.Kind.RSQRT);
    }

    private static boolean isInverseRoot(Node node) {
        Node at = unshaped(node);
        boolean isInverse = isKind(at, Activation.Kind.RECIPROCAL)
                || at.op() instanceof Op.Binary binary
                        && binary.kind() == Op.BinaryKind.DIVIDE
                        && at.input(0).isConstant();
        return isKind(at, Activation.Kind.RSQRT)
                || isInverse && isRoot(at.input(at.inputs().size() - 1), DEPTH);
    }

    /**
     * True for a root, and for one with a bound or a positive number added; products of such divide by several norms. None of
     * these is negative: norms of opposite signs would have no weights.
     */
    private static boolean isRoot(Node node, int depth) {
        Node at = unshaped(node);
        if (depth == 0) {
            return false;
        }
        if (isKind(at, Activation.Kind.SQRT)) {
            return true;
        }
        if (isKind(at, Activation.Kind.CLIP)) {
            return isRoot(at.input(0), depth - 1);
        }
        if (isKind(at, Activation.Kind.RELU)) {
            return isRoot(lessConstant(at.input(0)), depth - 1);
        }
        if (!(at.op() instanceof Op.Binary binary)) {
            return false;
        }
        return switch (binary.kind()) {
            case MAXIMUM -> at.inputs().stream().anyMatch(input -> isRoot(input, depth - 1));
            case ADD ->
                at.inputs().stream().anyMatch(input -> isRoot(input, depth - 1))
                        && at.inputs().stream().allMatch(input -> isNotNegative(input, depth - 1));
            case MULTIPLY -> at.inputs().stream().allMatch(input -> input.isConstant() || isRoot(input, depth - 1));
            case SUBTRACT, DIVIDE, MINIMUM, AT_LEAST, SLOPE -> false;
        };
    }

    /** A root, a number that is not negative, or 0 or 1 by a comparison. */
    private static boolean isNotNegative(Node node, int depth) {
        Node at = unshaped(node);
        boolean isOneOrNone = at.op() instanceof Op.Binary difference
                && difference.kind() == Op.BinaryKind.SUBTRACT
                && number(at.input(0)).filter(one -> one == 1).isPresent()
                && unshaped(at.input(1)).op() instanceof Op.Binary comparison
                && comparison.kind() == Op.BinaryKind.AT_LEAST;
        return isOneOrNone || number(at).filter(value -> value >= 0).isPresent() || isRoot(at, depth);
    }

    /** What a constant is taken off of. */
    private static Node lessConstant(Node node) {
        boolean isLess = node.op() instanceof Op.Binary binary
                && binary.kind() == Op.BinaryKind.SUBTRACT
                && node.input(1).isConstant();
        return isLess ? node.input(0) : node;
    }

    private static Node unshaped(Node node) {
        Node at = node;
        while (at.op() instanceof Op.Broadcast || at.op() instanceof Op.Reshape) {
            at = at.input(0);
        }
        return at;
    }

    /** The number that a constant holds everywhere. */
    private static Optional<Double> number(Node node) {
        Node at = unshaped(node);
        return at.isConstant()
                        && at.constant().size() > 0
                        && at.constant().isAll(at.constant().at(0))
                ? Optional.of(at.constant().at(0))
                : Optional.empty();
    }

    /**
     * v = weight * sum of squares of a tensor over some axes, plus epsilon.
     *
     * @param radicand v
     * @param base the tensor that is squared, which is also what is divided by the root
     * @param axes of the base
     */
    record Quadratic(Node radicand, Node base, List<Integer> axes, double weight, double epsilon) {
        Quadratic {
            axes = List.copyOf(axes);
        }

        /** Recognises v, whose root, of shape {@code scale}, divides {@code dividend}. */
        static Optional<Quadratic> of(Node radicand, Node dividend, Node scale) {
            double weight = 1;
            double epsilon = 0;
            Node at = unshaped(radicand);
            while (at.op() instanceof Op.Binary binary) {
                Optional<Double> number = number(at.input(at.inputs().size() - 1));
                Node rest = unshaped(at.input(0));
                if (number.isEmpty()) {
                    number = number(at.input(0));
                    rest = unshaped(at.input(at.inputs().size() - 1));
                }
                if (number.isEmpty()) {
                    return Optional.empty();
                }
                if (binary.kind() == Op.BinaryKind.ADD) {
                    epsilon += weight * number.get();
                } else if (binary.kind() == Op.BinaryKind.MULTIPLY) {
                    weight *= number.get();
                } else {
                    return Optional.empty();
                }
                at = rest;
            }
            return at.op() instanceof Op.Reduce reduce
                    ? of(radicand, at, reduce, weight, epsilon).filter(found -> found.fits(dividend, scale))
                    : Optional.empty();
        }

        private static Optional<Quadratic> of(
                Node radicand, Node sum, Op.Reduce reduce, double weight, double epsilon) {
            Node squares = sum.input(0);
            boolean isSquare = isKind(squares, Activation.Kind.SQUARE)
                    || squares.op() instanceof Op.Binary binary
                            && binary.kind() == Op.BinaryKind.MULTIPLY
                            && squares.input(0) == squares.input(1);
            if (!isSquare || reduce.kind() == Op.ReduceKind.MAX || !(weight > 0) || !(epsilon >= 0)) {
                return Optional.empty();
            }
            Node base = squares.input(0);
            int count = reduce.axes().stream()
                    .mapToInt(axis -> base.shape().dim(axis))
                    .reduce(1, Math::multiplyExact);
            double each = reduce.kind() == Op.ReduceKind.MEAN ? weight / count : weight;
            return Optional.of(new Quadratic(radicand, base, reduce.axes(), each, epsilon));
        }

        /** True where the root stands against the very elements that it sums. */
        private boolean fits(Node dividend, Node scale) {
            return isSame(base, dividend, DEPTH)
                    && padded(scale.shape(), base.shape().rank()).equals(kept().dims());
        }

        /** The shape of v with the axes that were summed, each of extent 1. */
        Shape kept() {
            List<Integer> dims = new ArrayList<>(base.shape().dims());
            axes.forEach(axis -> dims.set(axis, 1));
            return new Shape(dims);
        }

        private static List<Integer> padded(Shape shape, int rank) {
            List<Integer> dims = new ArrayList<>(shape.dims());
            while (dims.size() < rank) {
                dims.add(0, 1);
            }
            return dims;
        }

        /** Files compute the same value twice; these few nodes are compared by what they compute. */
        private static boolean isSame(Node a, Node b, int depth) {
            if (a == b) {
                return true;
            }
            if (depth == 0
                    || !a.op().equals(b.op())
                    || a.inputs().isEmpty()
                    || a.inputs().size() != b.inputs().size()) {
                return false;
            }
            for (int i = 0; i < a.inputs().size(); i++) {
                if (!isSame(a.input(i), b.input(i), depth - 1)) {
                    return false;
                }
            }
            return true;
        }
    }
}
