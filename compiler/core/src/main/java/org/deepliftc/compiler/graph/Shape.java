package org.deepliftc.compiler.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The extents of a tensor without its batch dimension, outermost first. The empty shape is a scalar.
 *
 * @param dims every extent is at least 1, and their product fits an {@code int}
 */
public record Shape(List<Integer> dims) {

    public static final Shape SCALAR = new Shape(List.of());

    public Shape {
        dims = List.copyOf(dims);
        long size = 1;
        for (int dim : dims) {
            if (dim < 1) {
                throw new IllegalArgumentException("extent " + dim + " in shape " + text(dims) + " is not positive");
            }
            size *= dim;
            if (size > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException("shape " + text(dims) + " has more than 2^31 elements");
            }
        }
    }

    public static Shape of(int... dims) {
        return new Shape(Arrays.stream(dims).boxed().collect(Collectors.toList()));
    }

    public int rank() {
        return dims.size();
    }

    public int dim(int axis) {
        return dims.get(axis);
    }

    /** The number of elements; 1 for a scalar. */
    public int size() {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    /** The distance, in elements, between neighbours along each axis of a contiguous array. */
    public int[] strides() {
        int[] strides = new int[rank()];
        int stride = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dim(axis);
        }
        return strides;
    }

    public int[] toArray() {
        return dims.stream().mapToInt(Integer::intValue).toArray();
    }

    /** This shape with one extent replaced. */
    public Shape with(int axis, int extent) {
        List<Integer> changed = new ArrayList<>(dims);
        changed.set(axis, extent);
        return new Shape(changed);
    }

    /** Axes {@code from} (inclusive) to the last. */
    public Shape from(int from) {
        return new Shape(dims.subList(from, rank()));
    }

    /** Axes 0 to {@code to} (exclusive). */
    public Shape upTo(int to) {
        return new Shape(dims.subList(0, to));
    }

    public Shape append(Shape inner) {
        List<Integer> all = new ArrayList<>(dims);
        all.addAll(inner.dims);
        return new Shape(all);
    }

    /**
     * The shape both operands have after broadcasting: aligned at the last axis, an extent of 1 stretches.
     *
     * @throws IllegalArgumentException where two extents differ and neither is 1
     */
    public static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int x = axis < rank - a.rank() ? 1 : a.dim(axis - rank + a.rank());
            int y = axis < rank - b.rank() ? 1 : b.dim(axis - rank + b.rank());
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(
                        "shapes " + a + " and " + b + " do not broadcast: " + x + " and " + y + " at axis " + axis);
            }
            dims.add(Math.max(x, y));
        }
        return new Shape(dims);
    }

    private static String text(List<Integer> dims) {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code [4, 200]}. */
    @Override
    public String toString() {
        return text(dims);
    }
}
