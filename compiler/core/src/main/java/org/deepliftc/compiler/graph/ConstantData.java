package org.deepliftc.compiler.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The value of a constant node, held behind a handle that compares by content. Element {@code i} is that of the
 * contiguous, row-major array of {@link #shape()}.
 */
public final class ConstantData {
    private static final int HASHED = 64;

    private final Shape shape;
    private final ElementType type;
    private final double[] values;

    private ConstantData(Shape shape, ElementType type, double[] values) {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(values.length + " values for shape " + shape);
        }
        this.shape = shape;
        this.type = type;
        this.values = values;
    }

    /** Takes over {@code values}: the caller must not change them afterwards. */
    public static ConstantData real(Shape shape, double[] values) {
        return new ConstantData(shape, ElementType.REAL, values);
    }

    /** Takes over {@code values}, each of which is an integer: the caller must not change them afterwards. */
    public static ConstantData index(Shape shape, double[] values) {
        return new ConstantData(shape, ElementType.INDEX, values);
    }

    public static ConstantData scalar(double value) {
        return real(Shape.SCALAR, new double[] {value});
    }

    public Shape shape() {
        return shape;
    }

    public ElementType type() {
        return type;
    }

    public double at(int index) {
        return values[index];
    }

    public int size() {
        return values.length;
    }

    /** A copy of the values, row-major. */
    public double[] toArray() {
        return values.clone();
    }

    /** True where every element equals {@code value}. */
    public boolean isAll(double value) {
        for (double v : values) {
            if (v != value) {
                return false;
            }
        }
        return true;
    }

    /** The same numbers under another shape of equal size. */
    public ConstantData reshaped(Shape other) {
        return new ConstantData(other, type, values);
    }

    /** SHA-256 of shape and values in hexadecimal. */
    public String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((type + shape.toString()).getBytes(StandardCharsets.UTF_8));
            ByteBuffer chunk = ByteBuffer.allocate(8 * 1024);
            for (double value : values) {
                if (!chunk.hasRemaining()) {
                    sha.update(chunk.array());
                    chunk.clear();
                }
                chunk.putDouble(value);
            }
            sha.update(chunk.array(), 0, chunk.position());
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof ConstantData
                        && type == ((ConstantData) other).type
                        && shape.equals(((ConstantData) other).shape)
                        && Arrays.equals(values, ((ConstantData) other).values));
    }

    /** Of a sample of the values: constants are looked up far more often than they are equal. */
    @Override
    public int hashCode() {
        int hash = shape.hashCode();
        int step = Math.max(1, values.length / HASHED);
        for (int i = 0; i < values.length; i += step) {
            hash = 31 * hash + Double.hashCode(values[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return values.length == 1 ? String.valueOf(values[0]) : "constant" + shape;
    }
}
