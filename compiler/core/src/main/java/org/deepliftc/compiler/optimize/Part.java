package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A value of which only a box is computed; elsewhere it is 0, or nobody reads it.
 *
 * @param node has the shape of {@code box}
 */
record Part(Node node, Box box) {

    static Part whole(Node node) {
        return new Part(node, Box.whole(node.shape()));
    }

    /** A value that is 0 all over; {@code node} stands for it and is never read. */
    static Part zeros(Node node) {
        return new Part(node, Box.none(node.shape()));
    }

    /** The value at {@code region}, which is not empty, with zeros where it is not computed. */
    Node read(Box region, Rewrite.Turn turn) {
        Box inside = box.intersect(region);
        if (inside.isEmpty()) {
            double[] zeros = new double[region.shape().size()];
            return turn.builder().constant(ConstantData.real(region.shape(), zeros), "zeros");
        }
        Node value = node;
        if (!inside.equals(box)) {
            Op slice = new Op.Slice(offsets(inside, box), ones(region), inside.shape());
            value = turn.builder().add(slice, node.name() + ".part", value);
        }
        if (!inside.equals(region)) {
            Op embed = new Op.Embed(offsets(inside, region), ones(region), region.shape(), 0);
            value = turn.builder().add(embed, node.name() + ".bordered", value);
        }
        return value;
    }

    /** What of {@code region} is computed, as a part of its own; empty where nothing is. */
    Part within(Box region, Rewrite.Turn turn) {
        Box inside = box.intersect(region);
        return inside.isEmpty() || inside.equals(box) ? new Part(node, inside) : new Part(read(inside, turn), inside);
    }

    /** Where {@code inner} starts, seen from the start of {@code outer}. */
    static List<Integer> offsets(Box inner, Box outer) {
        List<Integer> offsets = new ArrayList<>();
        for (int axis = 0; axis < inner.rank(); axis++) {
            offsets.add(inner.start(axis) - outer.start(axis));
        }
        return offsets;
    }

    private static List<Integer> ones(Box box) {
        return Collections.nCopies(box.rank(), 1);
    }
}
