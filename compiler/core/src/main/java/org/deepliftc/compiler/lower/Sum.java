package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/**
 * The loops of one sum of products: over axes of the input in the order in which they lie in memory, so that the input
 * is read forwards, and its weights lie in that order.
 */
final class Sum {
    private final Shape shape;
    private final int[] strides;
    private final List<Integer> order;

    /**
     * Makes the loops.
     *
     * @param shape the axes summed over
     * @param strides how the input walks along each
     */
    Sum(Shape shape, int[] strides) {
        this.shape = shape;
        this.strides = strides.clone();
        this.order = new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
        order.sort(Comparator.comparing((Integer axis) -> -strides[axis]));
    }

    /** Products of one sum. */
    int size() {
        return shape.size();
    }

    /** True where the terms are neighbours in memory. */
    boolean isRun() {
        return new Nest(shape.toArray(), List.of(strides)).isRun();
    }

    /** How a constant with these axes is packed, {@code width} elements from one product to the next. */
    List<Packing.Axis> axes(int width) {
        int[] weightStrides = weightStrides();
        List<Packing.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            axes.add(Packing.Axis.plain(shape.dim(axis), weightStrides[axis] * width));
        }
        return axes;
    }

    private int[] weightStrides() {
        int[] weights = new int[shape.rank()];
        int stride = 1;
        for (int k = order.size() - 1; k >= 0; k--) {
            weights[order.get(k)] = stride;
            stride *= shape.dim(order.get(k));
        }
        return weights;
    }

    /** Writes the loops in order; the body gets the positions of the input and the number of the product. */
    void write(Code code, Body body) {
        int[] weights = weightStrides();
        new Nest(shape.toArray(), List.of(strides, weights))
                .inOrder(code, (inner, at) -> body.write(inner, at.get(0), at.get(1)));
    }

    /** What stands inside the loops. */
    @FunctionalInterface
    interface Body {
        void write(Code code, Expr input, Expr product);
    }
}
