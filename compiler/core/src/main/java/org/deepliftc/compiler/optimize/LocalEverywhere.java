package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;

/** An operator any position of whose result may need all of its inputs. */
record LocalEverywhere(Node node) implements Local {
    @Override
    public Box support(IntFunction<Box> inputs) {
        return Box.whole(node.shape());
    }

    @Override
    public Box needs(int input, Box out) {
        return Box.whole(node.input(input).shape());
    }

    @Override
    public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
        return Part.whole(turn.like(node, node.op(), reads(out, inputs, turn)));
    }
}
