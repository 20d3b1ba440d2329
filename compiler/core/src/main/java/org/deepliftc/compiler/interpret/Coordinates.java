package org.deepliftc.compiler.interpret;

import org.deepliftc.compiler.graph.Shape;

/** Walks over the positions of a shape in row-major order. */
final class Coordinates {
    private Coordinates() {}

    /** The position of the first element. */
    static int[] first(Shape shape) {
        return new int[shape.rank()];
    }

    /** Moves {@code at} to the next position of {@code shape}; false, and back at the first, after the last. */
    static boolean advance(int[] at, Shape shape) {
        for (int axis = at.length - 1; axis >= 0; axis--) {
            at[axis]++;
            if (at[axis] < shape.dim(axis)) {
                return true;
            }
            at[axis] = 0;
        }
        return false;
    }

    /** The number of the element at {@code at} in an array with these strides. */
    static int flat(int[] at, int[] strides) {
        int flat = 0;
        for (int axis = 0; axis < at.length; axis++) {
            flat += at[axis] * strides[axis];
        }
        return flat;
    }

    /**
     * Strides with which positions of {@code to} read an array of shape {@code from} that broadcasts to it: aligned at
     * the last axis, 0 where the extent is stretched.
     */
    static int[] broadcastStrides(Shape from, Shape to) {
        int[] own = from.strides();
        int[] strides = new int[to.rank()];
        int missing = to.rank() - from.rank();
        for (int axis = 0; axis < from.rank(); axis++) {
            strides[axis + missing] = from.dim(axis) == 1 ? 0 : own[axis];
        }
        return strides;
    }

    /** The elements of {@code x}, repeated until they fill {@code to}. */
    static double[] broadcast(double[] x, Shape from, Shape to) {
        double[] result = new double[to.size()];
        int[] strides = broadcastStrides(from, to);
        if (to.rank() == 0) {
            return x.clone();
        }
        Shape rows = to.upTo(to.rank() - 1);
        int length = to.dim(to.rank() - 1);
        int step = strides[to.rank() - 1];
        int[] row = first(rows);
        for (int i = 0; i < result.length; i += length) {
            int start = flat(row, strides);
            for (int k = 0; k < length; k++) {
                result[i + k] = x[start + k * step];
            }
            advance(row, rows);
        }
        return result;
    }
}
