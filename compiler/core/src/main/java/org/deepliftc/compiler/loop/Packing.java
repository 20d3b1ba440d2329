package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the elements of a constant lie in memory: each logical axis, or a part of one, walks with two strides. What no
 * element reaches is 0.
 *
 * @param axes the axes of the constant in logical order; their extents multiply to its size
 * @param size elements in memory
 */
public record Packing(List<Axis> axes, int size) {

    /**
     * One axis: element i lies at {@code i / block * outer + i % block * inner}.
     *
     * @param extent elements along the axis
     * @param block how many neighbours share a panel; {@code extent} where the axis is not cut
     * @param outer the distance between panels
     * @param inner the distance between neighbours in a panel
     */
    public record Axis(int extent, int block, int outer, int inner) {

        /** An axis that is not cut. */
        public static Axis plain(int extent, int stride) {
            return new Axis(extent, extent, 0, stride);
        }

        int at(int i) {
            return i / block * outer + i % block * inner;
        }
    }

    public Packing {
        axes = List.copyOf(axes);
        long last = 0;
        for (Axis axis : axes) {
            last += (long) (axis.extent - 1) / axis.block * axis.outer
                    + (long) Math.min(axis.extent - 1, axis.block - 1) * axis.inner;
        }
        if (last >= size) {
            throw new IllegalArgumentException("packing " + axes + " reaches element " + last + " of " + size);
        }
    }

    /** The elements of a constant in the order in which they lie in memory. */
    public double[] packed(double[] logical) {
        double[] values = new double[size];
        place(logical, 0, 0, 0, values);
        return values;
    }

    private int place(double[] logical, int from, int to, int axis, double[] values) {
        if (axis == axes.size()) {
            values[to] = logical[from];
            return from + 1;
        }
        int next = from;
        for (int i = 0; i < axes.get(axis).extent; i++) {
            next = place(logical, next, to + axes.get(axis).at(i), axis + 1, values);
        }
        return next;
    }

    /** Extent, block, outer and inner stride of every axis, one after another. */
    public List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (Axis axis : axes) {
            numbers.addAll(List.of(axis.extent, axis.block, axis.outer, axis.inner));
        }
        return numbers;
    }
}
