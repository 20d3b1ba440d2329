package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;

/** How one operator computes part of its result: what {@link NarrowWindows} asks about a node. */
interface Local {

    /** Where the result can differ from 0, given where each input can. */
    Box support(IntFunction<Box> inputs);

    /**
     * Tells nodes that have to be computed for the same positions as this one that {@code out} is needed.
     *
     * @return whether they did not know
     */
    default boolean widens(Box out, IntFunction<Box> supports) {
        return false;
    }

    /** What the positions {@code out} of the result, not empty, need of an input. */
    Box needs(int input, Box out);

    /**
     * Computes at least the positions {@code out}, not empty.
     *
     * @param inputs parts that hold all that {@link #needs} asked for and that is not 0
     */
    Part compute(Box out, List<Part> inputs, Rewrite.Turn turn);

    /** The inputs at what {@code out} needs of them. */
    default Node[] reads(Box out, List<Part> inputs, Rewrite.Turn turn) {
        Node[] nodes = new Node[inputs.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = inputs.get(i).read(needs(i, out), turn);
        }
        return nodes;
    }
}
