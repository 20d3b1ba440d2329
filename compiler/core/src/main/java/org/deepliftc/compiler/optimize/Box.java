package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;

/**
 * A box of positions of a tensor: from {@code starts} (inclusive) to {@code ends} (exclusive) along each axis. Empty
 * where an axis has none.
 */
record Box(List<Integer> starts, List<Integer> ends) {

    Box {
        starts = List.copyOf(starts);
        ends = List.copyOf(ends);
    }

    static Box whole(Shape shape) {
        return new Box(Collections.nCopies(shape.rank(), 0), shape.dims());
    }

    static Box none(Shape shape) {
        // A scalar has one position, whatever the extents along its no axes: a box of another rank stands for none.
        List<Integer> zeros = Collections.nCopies(Math.max(1, shape.rank()), 0);
        return new Box(zeros, zeros);
    }

    boolean isEmpty() {
        for (int axis = 0; axis < rank(); axis++) {
            if (ends.get(axis) <= starts.get(axis)) {
                return true;
            }
        }
        return false;
    }

    boolean isWhole(Shape shape) {
        return equals(whole(shape));
    }

    int rank() {
        return starts.size();
    }

    int start(int axis) {
        return starts.get(axis);
    }

    int end(int axis) {
        return ends.get(axis);
    }

    /** The extents, none of them 0. */
    Shape shape() {
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            dims.add(end(axis) - start(axis));
        }
        return new Shape(dims);
    }

    Box with(int axis, int start, int end) {
        List<Integer> from = new ArrayList<>(starts);
        List<Integer> to = new ArrayList<>(ends);
        from.set(axis, start);
        to.set(axis, end);
        return new Box(from, to);
    }

    /** This box along all axes but one, along which it reaches over {@code extent}. */
    Box wholeAlong(int axis, int extent) {
        return isEmpty() ? this : with(axis, 0, extent);
    }

    /** The positions of both. */
    Box intersect(Box other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? this : other;
        }
        Box result = this;
        for (int axis = 0; axis < rank(); axis++) {
            result = result.with(axis, Math.max(start(axis), other.start(axis)), Math.min(end(axis), other.end(axis)));
        }
        return result;
    }

    /** The smallest box that holds both. */
    Box hull(Box other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        Box result = this;
        for (int axis = 0; axis < rank(); axis++) {
            result = result.with(axis, Math.min(start(axis), other.start(axis)), Math.max(end(axis), other.end(axis)));
        }
        return result;
    }

    /** Moved by {@code offsets}, backwards where {@code sign} is -1. */
    Box shifted(List<Integer> offsets, int sign) {
        if (isEmpty()) {
            return this;
        }
        Box result = this;
        for (int axis = 0; axis < rank(); axis++) {
            int by = sign * offsets.get(axis);
            result = result.with(axis, start(axis) + by, end(axis) + by);
        }
        return result;
    }

    /** For a box of a result of shape {@code whole}, that of an operand which broadcasts to it. */
    Box ofOperand(Shape operand, Shape whole) {
        if (isEmpty()) {
            return none(operand);
        }
        Box result = whole(operand);
        int missing = whole.rank() - operand.rank();
        for (int axis = 0; axis < operand.rank(); axis++) {
            if (operand.dim(axis) == whole.dim(axis + missing)) {
                result = result.with(axis, start(axis + missing), end(axis + missing));
            }
        }
        return result;
    }

    /** For a box of an operand, that of the result of shape {@code whole} it broadcasts to. */
    Box broadcast(Shape operand, Shape whole) {
        if (isEmpty()) {
            return none(whole);
        }
        Box result = whole(whole);
        int missing = whole.rank() - operand.rank();
        for (int axis = 0; axis < operand.rank(); axis++) {
            if (operand.dim(axis) == whole.dim(axis + missing)) {
                result = result.with(axis + missing, start(axis), end(axis));
            }
        }
        return result;
    }
}
