package org.deepliftc.compiler.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a convolution or pool slides over the spatial axes; one entry per spatial axis in every list.
 *
 * @param size extents of the kernel
 * @param stride distance between neighbouring outputs
 * @param dilation distance between neighbouring taps
 * @param padBefore positions added in front of the first
 * @param padAfter positions added behind the last
 */
public record Window(
        List<Integer> size,
        List<Integer> stride,
        List<Integer> dilation,
        List<Integer> padBefore,
        List<Integer> padAfter) {

    public Window {
        size = List.copyOf(size);
        stride = List.copyOf(stride);
        dilation = List.copyOf(dilation);
        padBefore = List.copyOf(padBefore);
        padAfter = List.copyOf(padAfter);
        for (List<Integer> list : List.of(stride, dilation, padBefore, padAfter)) {
            if (list.size() != size.size()) {
                throw new IllegalArgumentException(
                        "a window over " + size.size() + " axes has " + list.size() + " entries in one of its lists");
            }
        }
        for (int axis = 0; axis < size.size(); axis++) {
            if (size.get(axis) < 1 || stride.get(axis) < 1 || dilation.get(axis) < 1) {
                throw new IllegalArgumentException("size, stride and dilation of a window are at least 1");
            }
            if (padBefore.get(axis) < 0 || padAfter.get(axis) < 0) {
                throw new IllegalArgumentException("padding of a window is not negative");
            }
        }
    }

    /** A window without padding or dilation. */
    public static Window of(List<Integer> size, List<Integer> stride) {
        List<Integer> zeros = Collections.nCopies(size.size(), 0);
        return new Window(size, stride, Collections.nCopies(size.size(), 1), zeros, zeros);
    }

    public int rank() {
        return size.size();
    }

    /** The number of input positions one output looks across along {@code axis}. */
    public int reach(int axis) {
        return (size.get(axis) - 1) * dilation.get(axis) + 1;
    }

    public boolean isPadded() {
        return padBefore.stream().anyMatch(p -> p > 0) || padAfter.stream().anyMatch(p -> p > 0);
    }

    /** True where no position lies in two windows. */
    public boolean isDisjoint() {
        for (int axis = 0; axis < rank(); axis++) {
            if (stride.get(axis) < reach(axis)) {
                return false;
            }
        }
        return true;
    }

    /** This window over an input that already carries the padding. */
    public Window withoutPadding() {
        List<Integer> zeros = Collections.nCopies(rank(), 0);
        return new Window(size, stride, dilation, zeros, zeros);
    }

    /**
     * The spatial shape that comes out.
     *
     * @throws IllegalArgumentException where the window does not fit even once
     */
    public Shape outputOf(Shape spatial) {
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            int padded = spatial.dim(axis) + padBefore.get(axis) + padAfter.get(axis);
            if (padded < reach(axis)) {
                throw new IllegalArgumentException("a window reaching over " + reach(axis)
                        + " positions does not fit into " + padded + " at spatial axis " + axis);
            }
            dims.add((padded - reach(axis)) / stride.get(axis) + 1);
        }
        return new Shape(dims);
    }
}
