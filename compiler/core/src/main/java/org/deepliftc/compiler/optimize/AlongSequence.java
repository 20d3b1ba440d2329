package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** The operator that does for all steps of a sequence, along a new first axis, what a node does in one. */
final class AlongSequence {
    private AlongSequence() {}

    /** Empty where there is none; constants are taken as they are, everything else has the new axis. */
    static Optional<Op> of(Node node, int length) {
        if (!alignsWith(node)) {
            return Optional.empty();
        }
        Op op = node.op();
        if (op instanceof Op.Elementwise || op instanceof Op.Binary) {
            return Optional.of(op);
        } else if (op instanceof Op.Dense) {
            boolean weights = node.inputs().stream().skip(1).allMatch(Node::isConstant);
            return weights ? Optional.of(op) : Optional.empty();
        } else if (op instanceof Op.DividedDifference || op instanceof Op.Select) {
            long constants = node.inputs().stream().filter(Node::isConstant).count();
            boolean slope = op instanceof Op.DividedDifference && node.inputs().size() == 3;
            boolean fits =
                    constants == 0 || slope && constants == 1 && node.input(2).isConstant();
            return fits ? Optional.of(op) : Optional.empty();
        } else if (op instanceof Op.MatMul) {
            boolean shared = node.inputs().stream()
                    .allMatch(i -> !i.isConstant() || i.shape().rank() == 2);
            return shared ? Optional.of(op) : Optional.empty();
        }
        return moved(node, length);
    }

    /** True where operands meet their elements from the last axis on, with and without the new axis. */
    private static boolean alignsWith(Node node) {
        boolean aligned = node.op() instanceof Op.Elementwise
                || node.op() instanceof Op.Binary
                || node.op() instanceof Op.DividedDifference
                || node.op() instanceof Op.Select
                || node.op() instanceof Op.MatMul;
        return !aligned
                || node.inputs().stream()
                        .allMatch(i -> i.isConstant()
                                ? i.shape().rank() <= node.shape().rank()
                                : i.shape().rank() == node.shape().rank());
    }

    private static Optional<Op> moved(Node node, int length) {
        Op op = node.op();
        if (node.inputs().stream().anyMatch(Node::isConstant)) {
            return Optional.empty();
        } else if (op instanceof Op.Reshape reshape) {
            return Optional.of(new Op.Reshape(longer(reshape.shape(), length)));
        } else if (op instanceof Op.Slice slice) {
            return Optional.of(new Op.Slice(
                    preceded(0, slice.starts()), preceded(1, slice.steps()), longer(slice.shape(), length)));
        } else if (op instanceof Op.Embed embed) {
            return Optional.of(new Op.Embed(
                    preceded(0, embed.starts()),
                    preceded(1, embed.steps()),
                    longer(embed.shape(), length),
                    embed.value()));
        } else if (op instanceof Op.Concat concat) {
            return Optional.of(new Op.Concat(concat.axis() + 1));
        } else if (op instanceof Op.Softmax softmax) {
            return Optional.of(new Op.Softmax(softmax.axis() + 1));
        } else if (op instanceof Op.LogSoftmax softmax) {
            return Optional.of(new Op.LogSoftmax(softmax.axis() + 1));
        } else if (op instanceof Op.Transpose transpose) {
            return Optional.of(new Op.Transpose(preceded(0, later(transpose.permutation()))));
        } else if (op instanceof Op.Reduce reduce) {
            return Optional.of(new Op.Reduce(reduce.kind(), later(reduce.axes()), reduce.keepDims()));
        } else if (op instanceof Op.Broadcast broadcast
                && node.input(0).shape().rank() == broadcast.shape().rank()) {
            return Optional.of(new Op.Broadcast(longer(broadcast.shape(), length)));
        }
        return Optional.empty();
    }

    private static Shape longer(Shape shape, int length) {
        return Shape.of(length).append(shape);
    }

    private static List<Integer> preceded(int first, List<Integer> rest) {
        List<Integer> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static List<Integer> later(List<Integer> axes) {
        return axes.stream().map(a -> a + 1).toList();
    }
}
