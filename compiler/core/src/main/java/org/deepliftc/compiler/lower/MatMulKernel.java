package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;

/**
 * Products of two matrices that are both activations, one for each position of the leading axes, which broadcast. Lanes are
 * neighbouring columns; a right matrix whose columns are no neighbours is copied first, where enough rows read the copy.
 */
final class MatMulKernel {
    /** Rows from which a copy costs little beside the product. */
    private static final int WORTH_COPYING = 8;

    private final Operands operands;
    private final Node node;
    private final View y;
    private final int rows;
    private final int columns;
    private final int inner;
    private final Matrix left;
    private final Matrix right;
    private final Matrix result;

    MatMulKernel(Operands operands, Node node, Op.MatMul op, Operands.Placed out) {
        this.operands = operands;
        this.node = node;
        y = out.view();
        int rank = y.shape().rank();
        rows = y.shape().dim(rank - 2);
        columns = y.shape().dim(rank - 1);
        View a = operands.view(node.input(0));
        inner = a.shape().dim(a.shape().rank() - (op.transposeLeft() ? 2 : 1));
        left = Matrix.of(operands.placed(node.input(0)).buffer(), a, op.transposeLeft());
        right = Matrix.of(operands.placed(node.input(1)).buffer(), operands.view(node.input(1)), op.transposeRight());
        result = Matrix.of(out.buffer(), y, false);
    }

    /** A matrix of a stack of them: where the first begins, and how its rows and columns lie. */
    private record Matrix(Buffer buffer, Expr first, int row, int column) {
        static Matrix of(Buffer buffer, View view, boolean transposed) {
            int last = view.shape().rank() - 1;
            int row = view.stride(transposed ? last : last - 1);
            int column = view.stride(transposed ? last - 1 : last);
            return new Matrix(buffer, integer(view.offset()), row, column);
        }

        Matrix at(Expr position) {
            return new Matrix(buffer, plus(position, first), row, column);
        }

        Expr index(Expr i, Expr j) {
            return plus(first, plus(times(i, row), times(j, column)));
        }
    }

    void write(Code code) {
        Shape batch = y.shape().upTo(y.shape().rank() - 2);
        View a = operands.view(node.input(0));
        View b = operands.view(node.input(1));
        Nest nest = new Nest(
                batch.toArray(), List.of(leadingStrides(y, batch), leadingStrides(a, batch), leadingStrides(b, batch)));
        boolean copied = right.column != 1 && columns >= View.LANES && rows >= WORTH_COPYING;
        Nest.Body body = (matrices, at) -> {
            Matrix ofLeft = left.at(at.get(1));
            Matrix ofRight = right.at(at.get(2));
            product(matrices, ofLeft, copied ? copy(matrices, ofRight) : ofRight, result.at(at.get(0)));
        };
        operands.eachRow(code, block -> {
            if (copied) {
                nest.inOrder(block, body);
            } else {
                nest.independently(block, 0, body);
            }
        });
    }

    private Matrix copy(Code code, Matrix from) {
        int pitch = View.padded(columns);
        Buffer buffer = new Buffer(node.name() + ".right", Kind.REAL, inner * pitch, Buffer.Place.WORKSPACE);
        operands.written(buffer);
        Matrix to = new Matrix(buffer, integer(0), pitch, 1);
        code.loop(
                "t",
                inner,
                (row, t) -> row.loop(
                        "column",
                        columns,
                        (element, column) -> operands.store(
                                element,
                                buffer,
                                to.index(t, column),
                                operands.element(from.buffer, from.index(t, column)))));
        return to;
    }

    private void product(Code code, Matrix a, Matrix b, Matrix to) {
        code.rows(
                "row",
                integer(rows),
                (ofRow, row) -> ofRow.lanes("column", columns, y.room(columns), (lane, column) -> {
                    Expr.Var sum = lane.declare("sum", real(0));
                    lane.loop(
                            "t",
                            inner,
                            (body, t) -> body.accumulate(
                                    sum,
                                    operands.element(a.buffer, a.index(row, t)),
                                    operands.element(b.buffer, b.index(t, column))));
                    operands.store(lane, to.buffer, to.index(row, column), sum);
                }));
    }

    /** The strides of the leading axes of a matrix along a batch they broadcast to. */
    private static int[] leadingStrides(View view, Shape batch) {
        int rank = view.shape().rank() - 2;
        int[] strides = new int[batch.rank()];
        for (int axis = 0; axis < rank; axis++) {
            strides[batch.rank() - rank + axis] = view.shape().dim(axis) == 1 ? 0 : view.stride(axis);
        }
        return strides;
    }
}
