package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/**
 * Where the elements of a value lie in one row of its buffer: the physical layout, which is lowering's own choice.
 *
 * @param shape the logical shape
 * @param strides the distance between neighbours along each axis
 * @param offset where element 0 lies
 * @param size elements of a row of the buffer
 */
record View(Shape shape, List<Integer> strides, int offset, int size) {

    /** Vectors are filled up to a multiple of this many lanes, whatever the machine's width. */
    static final int LANES = 16;

    /** Elements between rows from which few sets of a first-level cache serve all rows. */
    static final int CONFLICT = 256;

    View {
        strides = List.copyOf(strides);
    }

    static int padded(int extent) {
        return (extent + LANES - 1) / LANES * LANES;
    }

    /** Row-major without gaps, as arrays cross the interface of a class. */
    static View exact(Shape shape) {
        return rowMajor(shape, shape.size());
    }

    /**
     * Row-major, with room for whole vectors at the end. Rows that lie a power of two apart would meet in the same few sets
     * of the first-level cache, so that those are kept a vector further apart.
     */
    static View contiguous(Shape shape) {
        int size = padded(shape.size());
        return rowMajor(shape, size % CONFLICT == 0 ? size + LANES : size);
    }

    private static View rowMajor(Shape shape, int size) {
        List<Integer> strides = new ArrayList<>();
        for (int stride : shape.strides()) {
            strides.add(stride);
        }
        return new View(shape, strides, 0, size);
    }

    /** Axis 0 innermost, {@code pitch} elements from one position to the next. */
    static View channelsLast(Shape shape, int pitch) {
        List<Integer> strides = new ArrayList<>(List.of(1));
        for (int stride : shape.from(1).strides()) {
            strides.add(stride * pitch);
        }
        int size = shape.from(1).size() * pitch;
        return new View(shape, strides, 0, padded(size));
    }

    /** The part of this view that begins at {@code starts}. */
    View part(List<Integer> starts, Shape partShape) {
        int from = offset;
        for (int axis = 0; axis < starts.size(); axis++) {
            from += starts.get(axis) * strides.get(axis);
        }
        return new View(partShape, strides, from, size);
    }

    int stride(int axis) {
        return strides.get(axis);
    }

    /** The strides along a grid that the value broadcasts to; 0 where it repeats. */
    int[] over(Shape grid) {
        int[] over = new int[grid.rank()];
        int added = grid.rank() - shape.rank();
        for (int axis = added; axis < grid.rank(); axis++) {
            over[axis] = shape.dim(axis - added) == 1 ? 0 : strides.get(axis - added);
        }
        return over;
    }

    /** The position of an element. */
    Expr at(List<Expr> coordinates) {
        Expr position = Code.integer(offset);
        for (int axis = 0; axis < strides.size(); axis++) {
            if (shape.dim(axis) > 1) {
                position = Code.plus(position, Code.times(coordinates.get(axis), strides.get(axis)));
            }
        }
        return position;
    }

    /** The position of the element of a flat logical index. */
    Expr atFlat(Expr flat) {
        if (isRowMajor()) {
            return flat;
        }
        List<Expr> coordinates = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            int inner = shape.from(axis + 1).size();
            Expr along = inner == 1 ? flat : Code.divide(flat, Code.integer(inner));
            coordinates.add(
                    axis == 0 ? along : new Expr.Binary(Expr.Operator.REMAINDER, along, Code.integer(shape.dim(axis))));
        }
        return at(coordinates);
    }

    /** The strides of all axes. */
    int[] strideArray() {
        return strides.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How far lanes along the axis of stride 1 may run before they reach what belongs to others. */
    int room(int extent) {
        int room = size - offset;
        for (int axis = 0; axis < strides.size(); axis++) {
            if (shape.dim(axis) > 1 && strides.get(axis) >= extent) {
                room = Math.min(room, strides.get(axis));
            }
        }
        return room;
    }

    boolean isExactlyRowMajor() {
        return equals(exact(shape));
    }

    /** True where elements follow in row-major order from the start. */
    boolean isRowMajor() {
        int[] own = shape.strides();
        for (int axis = 0; axis < own.length; axis++) {
            if (shape.dim(axis) > 1 && own[axis] != strides.get(axis)) {
                return false;
            }
        }
        return offset == 0;
    }

    /** How a constant of this shape is moved to lie so. */
    Packing packing() {
        List<Packing.Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < strides.size(); axis++) {
            axes.add(Packing.Axis.plain(shape.dim(axis), strides.get(axis)));
        }
        return new Packing(axes, size);
    }
}
