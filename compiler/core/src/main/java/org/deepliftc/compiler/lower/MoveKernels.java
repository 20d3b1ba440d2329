package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Buffer;

/** Moves of elements: each is a copy between two walks over the same grid. */
final class MoveKernels {
    private final Operands operands;

    MoveKernels(Operands operands) {
        this.operands = operands;
    }

    void copy(Node from, Buffer out, Code code) {
        code.loop("i", from.shape().size(), (body, i) -> body.store(out, i, operands.load(from, i)));
    }

    void broadcast(Node node, Buffer out, Code code) {
        Shape grid = node.shape();
        copy(node.input(0), 0, Nest.broadcastStrides(node.input(0).shape(), grid), out, 0, grid.strides(), grid, code);
    }

    void transpose(Node node, Op.Transpose op, Buffer out, Code code) {
        int[] own = node.input(0).shape().strides();
        int[] strides = new int[own.length];
        for (int axis = 0; axis < own.length; axis++) {
            strides[axis] = own[op.permutation().get(axis)];
        }
        copy(node.input(0), 0, strides, out, 0, node.shape().strides(), node.shape(), code);
    }

    void concat(Node node, Op.Concat op, Buffer out, Code code) {
        int[] strides = node.shape().strides();
        int start = 0;
        for (Node input : node.inputs()) {
            Shape grid = input.shape();
            copy(input, 0, grid.strides(), out, start * strides[op.axis()], strides, grid, code);
            start += grid.dim(op.axis());
        }
    }

    void slice(Node node, Op.Slice op, Buffer out, Code code) {
        int[] outer = node.input(0).shape().strides();
        copy(
                node.input(0),
                offset(op.starts(), outer),
                stepped(op.steps(), outer),
                out,
                0,
                node.shape().strides(),
                node.shape(),
                code);
    }

    void embed(Node node, Op.Embed op, Buffer out, Code code) {
        Node x = node.input(0);
        int[] outer = node.shape().strides();
        code.fill(out, node.shape().size(), real(op.value()));
        int[] strides = stepped(op.steps(), outer);
        copy(x, 0, x.shape().strides(), out, offset(op.starts(), outer), strides, x.shape(), code);
    }

    private static int offset(List<Integer> starts, int[] strides) {
        int offset = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            offset += starts.get(axis) * strides[axis];
        }
        return offset;
    }

    private static int[] stepped(List<Integer> steps, int[] strides) {
        int[] stepped = new int[strides.length];
        for (int axis = 0; axis < strides.length; axis++) {
            stepped[axis] = steps.get(axis) * strides[axis];
        }
        return stepped;
    }

    private void copy(
            Node from,
            int fromOffset,
            int[] fromStrides,
            Buffer out,
            int outOffset,
            int[] outStrides,
            Shape grid,
            Code code) {
        new Nest(grid.toArray(), List.of(fromStrides, outStrides))
                .write(
                        code,
                        (body, at) -> body.store(
                                out, plus(at.get(1), outOffset), operands.load(from, plus(at.get(0), fromOffset))));
    }
}
