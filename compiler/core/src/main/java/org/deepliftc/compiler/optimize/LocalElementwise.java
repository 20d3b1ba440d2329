package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Operators that make each element from the elements at its position, their operands broadcasting. */
record LocalElementwise(Node node) implements Local {
    @Override
    public Box support(IntFunction<Box> inputs) {
        if (node.op() instanceof Op.Select || node.op() instanceof Op.MeanOver) {
            int last = node.inputs().size() - 1;
            return node.op() instanceof Op.Select ? inputs.apply(1).hull(inputs.apply(last)) : inputs.apply(0);
        }
        if (!(node.op() instanceof Op.Binary binary)) {
            return Box.whole(node.shape());
        }
        return switch (binary.kind()) {
            case MULTIPLY -> of(0, inputs).intersect(of(1, inputs));
            case DIVIDE -> of(0, inputs);
            case ADD, SUBTRACT -> of(0, inputs).hull(of(1, inputs));
            case MAXIMUM, MINIMUM, AT_LEAST, SLOPE -> Box.whole(node.shape());
        };
    }

    private Box of(int input, IntFunction<Box> inputs) {
        return inputs.apply(input).broadcast(node.input(input).shape(), node.shape());
    }

    @Override
    public Box needs(int input, Box out) {
        return out.ofOperand(node.input(input).shape(), node.shape());
    }

    @Override
    public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
        return new Part(turn.like(node, node.op(), reads(out, inputs, turn)), out);
    }
}
