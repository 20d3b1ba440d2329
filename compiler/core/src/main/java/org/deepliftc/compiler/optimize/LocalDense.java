package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** A dense layer or its transpose: of few outputs only their rows, or columns, of the weights are read. */
record LocalDense(Node node, Op.Dense op) implements Local {
    private int last() {
        return node.shape().rank() - 1;
    }

    @Override
    public Box support(IntFunction<Box> inputs) {
        boolean biased = node.inputs().size() > 2;
        return biased
                ? Box.whole(node.shape())
                : inputs.apply(0).wholeAlong(last(), node.shape().dim(last()));
    }

    @Override
    public Box needs(int input, Box out) {
        Shape shape = node.input(input).shape();
        if (input == 0) {
            return out.wholeAlong(last(), shape.dim(last()));
        }
        int axis = input == 1 && op.direction() == Op.Direction.TRANSPOSED ? 1 : 0;
        return Box.whole(shape).with(axis, out.start(last()), out.end(last()));
    }

    @Override
    public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
        return new Part(turn.like(node, op, reads(out, inputs, turn)), out);
    }
}
