package org.deepliftc.data;

import java.util.Arrays;
import java.util.Objects;

/**
 * An immutable n-dimensional array of numbers in C order (the last axis runs fastest), as read from or written to a
 * file.
 *
 * <p>The factory methods take the given array over without copying: the caller must not change it afterwards. The
 * {@code to...} methods always hand out a new array, which the caller owns.
 */
public final class DataArray {
    private final DType type;
    private final int[] shape;
    private final Object values;
    private final String origin;

    DataArray(DType type, Object values, int[] shape, String origin) {
        int given = java.lang.reflect.Array.getLength(values);
        if (given != Shapes.count(shape)) {
            throw new IllegalArgumentException(origin + ": " + given + " values do not fill the shape "
                    + Shapes.text(shape) + ", which needs " + Shapes.count(shape));
        }
        this.type = type;
        this.values = values;
        this.shape = shape.clone();
        this.origin = origin;
    }

    /** An array of float32; without a shape, of one axis. */
    public static DataArray of(float[] values, int... shape) {
        return made(DType.F32, values, values.length, shape);
    }

    /** An array of float64; without a shape, of one axis. */
    public static DataArray of(double[] values, int... shape) {
        return made(DType.F64, values, values.length, shape);
    }

    /** An array of int32; without a shape, of one axis. */
    public static DataArray of(int[] values, int... shape) {
        return made(DType.I32, values, values.length, shape);
    }

    /** An array of int64; without a shape, of one axis. */
    public static DataArray of(long[] values, int... shape) {
        return made(DType.I64, values, values.length, shape);
    }

    /** An array of int8; without a shape, of one axis. */
    public static DataArray of(byte[] values, int... shape) {
        return made(DType.I8, values, values.length, shape);
    }

    /** An array without axes that holds one float64. */
    public static DataArray scalar(double value) {
        return new DataArray(DType.F64, new double[] {value}, new int[0], "array");
    }

    private static DataArray made(DType type, Object values, int length, int[] shape) {
        return new DataArray(type, values, shape.length == 0 ? new int[] {length} : shape, "array");
    }

    /** The same values under another element type; out-of-range integers are an error, floats are rounded. */
    public DataArray as(DType to) {
        if (to == type) {
            return this;
        }
        Object converted = Elements.make(to, size());
        for (int i = 0; i < size(); i++) {
            store(to, converted, i);
        }
        return new DataArray(to, converted, shape, origin);
    }

    private void store(DType to, Object target, int i) {
        switch (to) {
            case F32 -> ((float[]) target)[i] = (float) get(i);
            case F16 -> ((float[]) target)[i] = HalfFloat.fromF16(HalfFloat.toF16((float) get(i)));
            case BF16 -> ((float[]) target)[i] = HalfFloat.fromBf16(HalfFloat.toBf16((float) get(i)));
            case F64 -> ((double[]) target)[i] = get(i);
            case BOOL -> ((byte[]) target)[i] = (byte) integerAt(i, 0, 1, to);
            case I8 -> ((byte[]) target)[i] = (byte) integerAt(i, Byte.MIN_VALUE, Byte.MAX_VALUE, to);
            case U8 -> ((byte[]) target)[i] = (byte) integerAt(i, 0, 255, to);
            case I16 -> ((int[]) target)[i] = (int) integerAt(i, Short.MIN_VALUE, Short.MAX_VALUE, to);
            case U16 -> ((int[]) target)[i] = (int) integerAt(i, 0, 65535, to);
            case I32 -> ((int[]) target)[i] = (int) integerAt(i, Integer.MIN_VALUE, Integer.MAX_VALUE, to);
            case U32 -> ((long[]) target)[i] = integerAt(i, 0, 0xffffffffL, to);
            case I64 -> ((long[]) target)[i] = integerAt(i, Long.MIN_VALUE, Long.MAX_VALUE, to);
        }
    }

    public DType type() {
        return type;
    }

    /** The extent of every axis, outermost first; empty for a scalar. */
    public int[] shape() {
        return shape.clone();
    }

    public int rank() {
        return shape.length;
    }

    public int dimension(int axis) {
        return shape[axis];
    }

    /** The number of elements. */
    public int size() {
        return java.lang.reflect.Array.getLength(values);
    }

    /** The extent of the first axis: the number of examples. */
    public int rows() {
        if (shape.length == 0) {
            throw new IllegalArgumentException(
                    origin + ": a single number has no rows; give it a first axis, shape [1]");
        }
        return shape[0];
    }

    /** The shape for a message, such as {@code [20, 4, 15]}. */
    public String shapeText() {
        return Shapes.text(shape);
    }

    /** The file and entry the array was read from, for messages; "array" for one made in memory. */
    public String origin() {
        return origin;
    }

    /** The element at a flat index in C order. */
    public double get(int index) {
        return switch (type.storage()) {
            case BYTES -> type == DType.U8 ? ((byte[]) values)[index] & 0xff : ((byte[]) values)[index];
            case INTS -> ((int[]) values)[index];
            case LONGS -> ((long[]) values)[index];
            case FLOATS -> ((float[]) values)[index];
            case DOUBLES -> ((double[]) values)[index];
        };
    }

    public float[] toFloats() {
        if (values instanceof float[] floats) {
            return floats.clone();
        }
        float[] result = new float[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = type.storage() == DType.Storage.LONGS ? (float) ((long[]) values)[i] : (float) get(i);
        }
        return result;
    }

    public double[] toDoubles() {
        if (values instanceof double[] doubles) {
            return doubles.clone();
        }
        double[] result = new double[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = get(i);
        }
        return result;
    }

    /**
     * The elements as ints.
     *
     * @throws IllegalArgumentException naming the first element that is no integer or does not fit
     */
    public int[] toInts() {
        int[] result = new int[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) integerAt(i, Integer.MIN_VALUE, Integer.MAX_VALUE, DType.I32);
        }
        return result;
    }

    private long integerAt(int index, long least, long most, DType wanted) {
        double value = get(index);
        long integer = values instanceof long[] longs ? longs[index] : (long) value;
        boolean whole = !type.isFloating() || integer == value && Math.abs(value) < 0x1p63;
        if (!whole || integer < least || integer > most) {
            String text = type.isFloating() ? Double.toString(value) : Long.toString(integer);
            throw new IllegalArgumentException(
                    origin + ": element " + indexText(index) + " is " + text + ", which is no " + wanted.label());
        }
        return integer;
    }

    /** The same elements under another shape of equal size. */
    public DataArray reshape(int... to) {
        return new DataArray(type, values, to, origin);
    }

    /** Rows {@code from} (inclusive) to {@code to} (exclusive) along the first axis, copied. */
    public DataArray slice(int from, int to) {
        Objects.checkFromToIndex(from, to, rows());
        int[] part = shape.clone();
        part[0] = to - from;
        int row = rows() == 0 ? 0 : size() / rows();
        Object copy = Elements.make(type, (to - from) * row);
        System.arraycopy(values, from * row, copy, 0, (to - from) * row);
        return new DataArray(type, copy, part, origin);
    }

    /** The same array said to come from somewhere else. */
    public DataArray withOrigin(String text) {
        return new DataArray(type, values, shape, text);
    }

    /** A flat index as an index by axis, such as {@code [0, 3]}. */
    public String indexText(int index) {
        int[] parts = new int[shape.length];
        int rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            parts[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return Shapes.text(parts);
    }

    /** The storage itself: for writers in this package, never to be changed. */
    Object values() {
        return values;
    }

    /** Same type, shape and bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DataArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && Arrays.deepEquals(new Object[] {values}, new Object[] {that.values});
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.deepHashCode(new Object[] {shape, values});
    }

    @Override
    public String toString() {
        return type.label() + " " + shapeText();
    }
}
