package org.deepliftc.compiler.importer.onnx.file;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;

/**
 * A tensor known when importing, row-major. Unlike a {@link Shape}'s, its extents may be 0. 64-bit integers beyond 2^53
 * are rounded: in models they only stand for "as far as it goes".
 */
public final class Tensor {
    private final List<Integer> dims;
    private final ElementKind kind;
    private final double[] values;

    /** Takes over {@code values}: the caller must not change them afterwards. */
    public Tensor(List<Integer> dims, ElementKind kind, double[] values) {
        long size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " values for a tensor " + dims);
        }
        this.dims = List.copyOf(dims);
        this.kind = kind;
        this.values = values;
    }

    /** One number. */
    public static Tensor scalar(ElementKind kind, double value) {
        return new Tensor(List.of(), kind, new double[] {value});
    }

    /** A list of integers. */
    public static Tensor integers(List<Long> values) {
        return new Tensor(
                List.of(values.size()),
                ElementKind.INT64,
                values.stream().mapToDouble(Long::doubleValue).toArray());
    }

    public List<Integer> dims() {
        return dims;
    }

    public ElementKind kind() {
        return kind;
    }

    public int size() {
        return values.length;
    }

    public double at(int index) {
        return values[index];
    }

    /** The elements as integers, in order. */
    public List<Long> toIntegers() {
        List<Long> integers = new ArrayList<>(values.length);
        for (double value : values) {
            integers.add((long) value);
        }
        return integers;
    }

    /** True where every element is a finite number. */
    public boolean isFinite() {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The same numbers as another kind of element. */
    public Tensor as(ElementKind other) {
        return new Tensor(dims, other, values);
    }

    /**
     * The same numbers under the extents of a graph's constant, shared with it.
     *
     * @throws IllegalArgumentException where an extent is 0 or the tensor is too large for the compiler
     */
    public ConstantData toConstant() {
        return ConstantData.real(new Shape(dims), values);
    }

    @Override
    public String toString() {
        return kind.spelling() + dims;
    }
}
