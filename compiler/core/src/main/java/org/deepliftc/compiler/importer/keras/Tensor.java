package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;

/**
 * A value between two layers.
 *
 * @param moved whether the node has Keras's last axis, that of the channels, in front of the others
 */
record Tensor(Node node, boolean moved) {

    /** A node in Keras's order of axes. */
    static Tensor plain(Node node) {
        return new Tensor(node, false);
    }

    /** A node {@code [channels, space...]} of a value that is {@code [space..., channels]} in Keras. */
    static Tensor moved(Node node) {
        return new Tensor(node, node.shape().rank() > 1);
    }

    /** The shape in Keras's order of axes. */
    Shape shape() {
        return moved ? permuted(last(rank())) : node.shape();
    }

    int rank() {
        return node.shape().rank();
    }

    /** Which axis of the node is that of Keras's order. */
    int axis(int keras) {
        return moved ? (keras + 1) % rank() : keras;
    }

    private Shape permuted(List<Integer> permutation) {
        return new Shape(
                permutation.stream().map(axis -> node.shape().dim(axis)).toList());
    }

    /** The permutation that moves the last axis to the front. */
    static List<Integer> first(int rank) {
        List<Integer> axes = new ArrayList<>(List.of(rank - 1));
        for (int axis = 0; axis < rank - 1; axis++) {
            axes.add(axis);
        }
        return axes;
    }

    /** The permutation that moves the first axis to the end. */
    static List<Integer> last(int rank) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 1; axis < rank; axis++) {
            axes.add(axis);
        }
        axes.add(0);
        return axes;
    }
}
