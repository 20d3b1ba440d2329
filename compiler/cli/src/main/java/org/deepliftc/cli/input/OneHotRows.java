package org.deepliftc.cli.input;

import org.deepliftc.compiler.graph.Shape;

/** Counts the rows that are not what a one-hot input declares: exactly one 1 and else 0 along the axis. */
public final class OneHotRows {
    private OneHotRows() {}

    /**
     * How many of {@code count} examples break the constraint.
     *
     * @param shape of one example
     * @param axis the one-hot axis of the example
     */
    public static int violations(Object values, int count, Shape shape, int axis) {
        int size = shape.size();
        int stride = shape.strides()[axis];
        int extent = shape.dim(axis);
        int broken = 0;
        for (int example = 0; example < count; example++) {
            if (!isOneHot(values, example * size, size, stride, extent)) {
                broken++;
            }
        }
        return broken;
    }

    private static boolean isOneHot(Object values, int offset, int size, int stride, int extent) {
        for (int block = 0; block < size; block += stride * extent) {
            for (int inner = 0; inner < stride; inner++) {
                int ones = 0;
                for (int k = 0; k < extent; k++) {
                    double value = Numbers.get(values, offset + block + inner + k * stride);
                    if (value == 1) {
                        ones++;
                    } else if (value != 0) {
                        return false;
                    }
                }
                if (ones != 1) {
                    return false;
                }
            }
        }
        return true;
    }
}
