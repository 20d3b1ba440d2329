package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Shape;

/**
 * Where the examples lie in a tensor of the file. The graph's node holds one example: the axis of the examples is taken
 * out of it. Files also flatten that axis together with its neighbours, as in {@code [batch * length, features]}; then
 * the node keeps the axis with the extents of the neighbours alone.
 *
 * @param axis the axis in the file's tensor, or -1 where it holds a single example
 * @param before extent of what is flattened into the axis in front of the examples
 * @param after extent of what is flattened into the axis behind the examples
 * @param extent the number of examples: what the file says, or a stand-in where it leaves that open
 */
record Batch(int axis, int before, int after, long extent) {
    /** Of tensors that are the same for all examples, and of models for a single one. */
    static final Batch NONE = new Batch(-1, 1, 1, 1);

    static Batch at(int axis, long extent) {
        return new Batch(axis, 1, 1, extent);
    }

    boolean isNone() {
        return axis < 0;
    }

    /** True where the axis holds nothing but the examples, so that the node lacks it. */
    boolean isOwnAxis() {
        return axis >= 0 && before * after == 1;
    }

    /** The extents of the file's tensor. */
    List<Long> full(Shape node) {
        List<Long> dims = new ArrayList<>();
        node.dims().forEach(dim -> dims.add((long) dim));
        if (isOwnAxis()) {
            dims.add(axis, extent);
        } else if (!isNone()) {
            dims.set(axis, extent * before * after);
        }
        return dims;
    }

    int rank(Shape node) {
        return node.rank() + (isOwnAxis() ? 1 : 0);
    }

    /** The node's axis of an axis of the file's tensor that is not {@link #isOwnAxis() the examples' own}. */
    int nodeAxis(int fullAxis) {
        return isOwnAxis() && fullAxis > axis ? fullAxis - 1 : fullAxis;
    }

    /** The same examples at another axis of the same kind. */
    Batch moved(int to) {
        return isNone() ? this : new Batch(to, before, after, extent);
    }

    /** What of a tensor of the file with these extents is the node's shape. */
    Shape node(List<Long> full) {
        List<Integer> dims = new ArrayList<>();
        for (int i = 0; i < full.size(); i++) {
            if (i == axis && !isOwnAxis()) {
                dims.add(before * after);
            } else if (i != axis) {
                dims.add(Math.toIntExact(full.get(i)));
            }
        }
        return new Shape(dims);
    }

    /** Where the examples lie after a reshape; empty where it tears them apart. */
    Optional<Batch> reshaped(List<Long> from, List<Long> to) {
        if (isNone()) {
            return Optional.of(this);
        }
        long front = before;
        for (int i = 0; i < axis; i++) {
            front *= from.get(i);
        }
        long passed = 1;
        for (int i = 0; i < to.size() && passed <= front; i++) {
            boolean exact = extent > 1 || to.get(i) == 1 && passed == front;
            if (front % passed == 0 && exact && to.get(i) % (front / passed * extent) == 0) {
                long inFront = front / passed;
                return Optional.of(new Batch(
                        i, Math.toIntExact(inFront), Math.toIntExact(to.get(i) / (inFront * extent)), extent));
            }
            passed *= to.get(i);
        }
        return extent == 1 ? Optional.of(NONE) : Optional.empty();
    }
}
