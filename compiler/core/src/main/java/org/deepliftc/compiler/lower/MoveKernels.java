package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.plus;

import java.util.Arrays;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;

/** Moves of elements: each is a copy between two walks over the same grid. */
final class MoveKernels {
    private final Operands operands;

    MoveKernels(Operands operands) {
        this.operands = operands;
    }

    void copy(Node from, Operands.Placed out, Code code) {
        View source = operands.view(from);
        write(from, source, 0, strides(source), out, 0, from.shape(), room(out, from.shape()), code);
    }

    /** The same elements in row-major order under another shape, where they have to move. */
    void reshape(Node node, Operands.Placed out, Code code) {
        Node x = node.input(0);
        View from = operands.view(x);
        View to = out.view();
        if (from.isRowMajor()) {
            View same = new View(node.shape(), View.exact(node.shape()).strides(), 0, from.size());
            write(x, same, 0, strides(same), out, 0, node.shape(), room(out, node.shape()), code);
        } else if (to.isRowMajor()) {
            View same = new View(x.shape(), View.exact(x.shape()).strides(), 0, to.size());
            write(x, from, 0, strides(from), new Operands.Placed(out.buffer(), same), 0, x.shape(), 0, code);
        } else {
            operands.eachRow(
                    code,
                    rows -> rows.loop(
                            "i",
                            node.shape().size(),
                            (body, i) -> operands.store(
                                    body, out.buffer(), to.atFlat(i), operands.element(buffer(x), from.atFlat(i)))));
        }
    }

    /** Sets every element of the current row of a buffer, its padding too. */
    void fill(Operands.Placed out, double value, Code code) {
        int size = out.view().size();
        code.lanes("i", size, size, (body, i) -> operands.store(body, out.buffer(), i, Code.real(value)));
    }

    void broadcast(Node node, Operands.Placed out, Code code) {
        View from = operands.view(node.input(0));
        write(node.input(0), from, 0, from.over(node.shape()), out, 0, node.shape(), room(out, node.shape()), code);
    }

    void transpose(Node node, Op.Transpose op, Operands.Placed out, Code code) {
        View from = operands.view(node.input(0));
        int[] strides = new int[node.shape().rank()];
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = from.stride(op.permutation().get(axis));
        }
        write(node.input(0), from, 0, strides, out, 0, node.shape(), room(out, node.shape()), code);
    }

    void concat(Node node, Op.Concat op, Operands.Placed out, Code code) {
        int start = 0;
        for (Node input : node.inputs()) {
            View from = operands.view(input);
            int offset = start * out.view().stride(op.axis());
            write(input, from, 0, strides(from), out, offset, input.shape(), 0, code);
            start += input.shape().dim(op.axis());
        }
    }

    void slice(Node node, Op.Slice op, Operands.Placed out, Code code) {
        View from = operands.view(node.input(0));
        int offset = offset(op.starts(), from);
        write(
                node.input(0),
                from,
                offset,
                stepped(op.steps(), from),
                out,
                0,
                node.shape(),
                room(out, node.shape()),
                code);
    }

    /** What is around is filled; what is inside is there already where it lies in the same buffer. */
    void embed(Node node, Op.Embed op, Operands.Placed out, Code code) {
        Node x = node.input(0);
        boolean inPlace = !x.isConstant() && operands.placed(x).buffer() == out.buffer();
        operands.eachRow(code, rows -> {
            if (inPlace) {
                border(op, x.shape(), out, rows);
            } else {
                fill(out, op.value(), rows);
            }
        });
        if (!inPlace) {
            View from = operands.view(x);
            View inside = new View(
                    x.shape(),
                    List.of(boxed(stepped(op.steps(), out.view()))),
                    0,
                    out.view().size());
            Operands.Placed part = new Operands.Placed(out.buffer(), inside);
            write(x, from, 0, strides(from), part, offset(op.starts(), out.view()), x.shape(), 0, code);
        }
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    /** Fills, axis by axis, the slabs before and behind what is inside. */
    private void border(Op.Embed op, Shape inside, Operands.Placed out, Code code) {
        Shape grid = out.view().shape();
        for (int axis = 0; axis < grid.rank(); axis++) {
            int start = op.starts().get(axis);
            slab(grid.with(axis, Math.max(1, start)), start == 0, axis, 0, op.value(), out, code);
            int end = start + inside.dim(axis);
            int behind = grid.dim(axis) - end;
            slab(grid.with(axis, Math.max(1, behind)), behind == 0, axis, end, op.value(), out, code);
        }
    }

    private void slab(Shape shape, boolean empty, int axis, int from, double value, Operands.Placed out, Code code) {
        if (empty) {
            return;
        }
        Nest nest = new Nest(shape.toArray(), List.of(strides(out.view())));
        int offset = out.view().offset() + from * out.view().stride(axis);
        nest.independently(
                code, 0, (body, at) -> operands.store(body, out.buffer(), plus(at.get(0), offset), Code.real(value)));
    }

    /** How far lanes may run where a whole value is written; parts of one must not reach over their ends. */
    private static int room(Operands.Placed out, Shape grid) {
        return out.view().room(new Nest(grid.toArray(), List.of(strides(out.view()))).innermost());
    }

    private static int[] strides(View view) {
        return view.strideArray();
    }

    private static int offset(List<Integer> starts, View view) {
        int offset = 0;
        for (int axis = 0; axis < starts.size(); axis++) {
            offset += starts.get(axis) * view.stride(axis);
        }
        return offset;
    }

    private static int[] stepped(List<Integer> steps, View view) {
        int[] stepped = new int[steps.size()];
        for (int axis = 0; axis < stepped.length; axis++) {
            stepped[axis] = steps.get(axis) * view.stride(axis);
        }
        return stepped;
    }

    private void write(
            Node from,
            View source,
            int fromOffset,
            int[] fromStrides,
            Operands.Placed out,
            int outOffset,
            Shape grid,
            int room,
            Code code) {
        Nest nest = new Nest(grid.toArray(), List.of(strides(out.view()), fromStrides));
        Expr literal = Operands.literal(from).orElse(null);
        operands.eachRow(
                code,
                rows -> nest.independently(rows, room, (body, at) -> {
                    Expr value = literal != null
                            ? literal
                            : operands.element(buffer(from), plus(at.get(1), source.offset() + fromOffset));
                    operands.store(
                            body, out.buffer(), plus(at.get(0), out.view().offset() + outOffset), value);
                }));
    }

    private Buffer buffer(Node node) {
        return operands.placed(node).buffer();
    }
}
