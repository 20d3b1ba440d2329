package org.deepliftc.compiler.importer.onnx;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/** The leading axes of two stacks of matrices, aligned as {@link Broadcasting} aligns all axes. */
final class MatrixBatch {
    private MatrixBatch() {}

    /**
     * The operands without the axis of the examples. Broadcasting looks at each operand with its matrices replaced by
     * single elements; what it does to the leading axes is then done to the operand.
     */
    static Broadcasting of(Call call, Computed a, Computed b) {
        int place = Math.max(fromEnd(a), fromEnd(b));
        if (place == 0) {
            return new Broadcasting(List.of(a.node(), b.node()), Batch.NONE);
        }
        boolean agree = agrees(a, place) && agrees(b, place) && sameKind(a.batch(), b.batch());
        if (!agree) {
            Call part = call.forPart("example");
            Computed left = Examples.explicit(part, a);
            Computed right = Examples.explicit(part, b);
            return new Broadcasting(List.of(left.node(), right.node()), Batch.NONE);
        }
        Batch batch = a.batch().isNone() ? b.batch() : a.batch();
        int rank = Math.max(a.rank(), b.rank());
        Node left = batch.isOwnAxis() ? without(call, a, place) : a.node();
        Node right = batch.isOwnAxis() ? without(call, b, place) : b.node();
        return new Broadcasting(List.of(left, right), batch.moved(rank - place));
    }

    private static int fromEnd(Computed x) {
        return x.batch().isNone() ? 0 : x.rank() - x.batch().axis();
    }

    private static boolean sameKind(Batch a, Batch b) {
        return a.isNone() || b.isNone() || a.moved(0).equals(b.moved(0));
    }

    private static boolean agrees(Computed x, int place) {
        int axis = x.rank() - place;
        return x.batch().isNone()
                ? axis < 0 || x.node().shape().dim(axis) == 1
                : axis == x.batch().axis();
    }

    private static Node without(Call call, Computed x, int place) {
        Shape shape = x.node().shape();
        int axis = shape.rank() - place;
        boolean keeps = !x.batch().isNone() || axis < 0;
        return keeps
                ? x.node()
                : call.reshaped("aligned", x.node(), shape.upTo(axis).append(shape.from(axis + 1)));
    }
}
