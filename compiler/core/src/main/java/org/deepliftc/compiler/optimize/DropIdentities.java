package org.deepliftc.compiler.optimize;

import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * Removes what changes nothing: adding or subtracting zeros (a reference of zeros leaves its difference for free),
 * multiplying by ones, moves that move nothing, reshapes of reshapes, repeats that the reader does itself. A product
 * with zeros is zeros.
 */
final class DropIdentities extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        Node kept = keep(node, inputs, turn);
        if (node.op() instanceof Op.Binary && inputs.size() == 2) {
            return binary(kept, ((Op.Binary) node.op()).kind(), inputs, turn);
        }
        if (isMove(node.op()) && inputs.get(0).shape().equals(node.shape()) && movesNothing(node)) {
            return inputs.get(0);
        }
        if (node.op() instanceof Op.Reshape && inputs.get(0).op() instanceof Op.Reshape) {
            return turn.like(node, node.op(), inputs.get(0).input(0));
        }
        if (node.op() instanceof Op.Reduce
                && inputs.get(0).shape().size() == node.shape().size()) {
            return inputs.get(0).shape().equals(node.shape())
                    ? inputs.get(0)
                    : turn.like(node, new Op.Reshape(node.shape()), inputs.get(0));
        }
        return kept;
    }

    private static boolean isMove(Op op) {
        return op instanceof Op.Reshape
                || op instanceof Op.Broadcast
                || op instanceof Op.Slice
                || op instanceof Op.Embed
                || op instanceof Op.Transpose
                || op instanceof Op.Concat;
    }

    private static boolean movesNothing(Node node) {
        if (node.op() instanceof Op.Slice) {
            return ((Op.Slice) node.op()).steps().stream().allMatch(s -> s == 1);
        }
        if (node.op() instanceof Op.Embed) {
            return ((Op.Embed) node.op()).steps().stream().allMatch(s -> s == 1);
        }
        if (node.op() instanceof Op.Transpose) {
            List<Integer> permutation = ((Op.Transpose) node.op()).permutation();
            for (int axis = 0; axis < permutation.size(); axis++) {
                if (permutation.get(axis) != axis) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Node binary(Node kept, Op.BinaryKind kind, List<Node> inputs, Turn turn) {
        Node left = inputs.get(0);
        Node right = inputs.get(1);
        Shape shape = kept.shape();
        boolean leftFits = left.shape().equals(shape);
        boolean rightFits = right.shape().equals(shape);
        switch (kind) {
            case ADD -> {
                if (is(right, 0) && leftFits) {
                    return left;
                }
                if (is(left, 0) && rightFits) {
                    return right;
                }
            }
            case SUBTRACT -> {
                if (is(right, 0) && leftFits) {
                    return left;
                }
            }
            case MULTIPLY -> {
                if (is(right, 1) && leftFits) {
                    return left;
                }
                if (is(left, 1) && rightFits) {
                    return right;
                }
                if (is(left, 0) || is(right, 0)) {
                    return turn.builder().constant(ConstantData.real(shape, new double[shape.size()]), kept.name());
                }
            }
            case DIVIDE -> {
                if (is(right, 1) && leftFits) {
                    return left;
                }
            }
            case MAXIMUM, MINIMUM, AT_LEAST, SLOPE -> {}
        }
        return withoutRepeats(kept, left, right, turn);
    }

    private static boolean is(Node node, double value) {
        return node.isConstant() && node.constant().isAll(value);
    }

    /** An operand that was repeated to the shape of the other is read in place: the operation broadcasts itself. */
    private static Node withoutRepeats(Node kept, Node left, Node right, Turn turn) {
        Node a = left.op() instanceof Op.Broadcast && right.shape().equals(kept.shape()) ? left.input(0) : left;
        Node b = a == left && right.op() instanceof Op.Broadcast && left.shape().equals(kept.shape())
                ? right.input(0)
                : right;
        return a == left && b == right ? kept : turn.like(kept, kept.op(), a, b);
    }
}
