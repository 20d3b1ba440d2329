package org.deepliftc.cli.input;

import java.util.List;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;

/** Flat arrays of either precision: {@code float[]} or {@code double[]}, held as {@link Object}. */
public final class Numbers {
    /** The part of the heap that arrays may fill; the rest is for the compiler, files and the JVM itself. */
    private static final double USABLE = 0.9;

    private Numbers() {}

    /** Bytes of one number. */
    public static int bytes(Precision precision) {
        return precision == Precision.FLOAT ? Float.BYTES : Double.BYTES;
    }

    /**
     * A new array of zeros.
     *
     * @param what it holds, for the message
     * @throws UserError if it is too long for one array or does not fit the heap
     */
    public static Object allocate(Precision precision, long size, String what) {
        if (size > Integer.MAX_VALUE - 64) {
            throw new UserError(what + " would hold " + size
                    + " numbers, and an array holds at most 2^31; split the examples over several files");
        }
        require(size * bytes(precision), what);
        return precision == Precision.FLOAT ? new float[(int) size] : new double[(int) size];
    }

    /**
     * Refuses work that cannot fit, before it starts.
     *
     * @throws UserError if {@code bytes} more do not fit the heap
     */
    public static void require(long bytes, String what) {
        Runtime runtime = Runtime.getRuntime();
        if (bytes < 64L << 20 && bytes < runtime.maxMemory() / 16) {
            return;
        }
        long used = runtime.totalMemory() - runtime.freeMemory();
        if (bytes > runtime.maxMemory() * USABLE - used) {
            System.gc(); // garbage of earlier steps counts as used until it is collected
            used = runtime.totalMemory() - runtime.freeMemory();
        }
        if (bytes > runtime.maxMemory() * USABLE - used) {
            throw new UserError(
                    what + " needs " + Quantity.bytes(bytes) + " of memory, but the heap of "
                            + Quantity.bytes(runtime.maxMemory()) + " has "
                            + Quantity.bytes(Math.max(0, runtime.maxMemory() - used))
                            + " left; give Java more, as in JAVA_TOOL_OPTIONS=-Xmx8g, or split the examples over several files");
        }
    }

    public static int length(Object array) {
        return array instanceof float[] ? ((float[]) array).length : ((double[]) array).length;
    }

    public static double get(Object array, int index) {
        return array instanceof float[] ? ((float[]) array)[index] : ((double[]) array)[index];
    }

    /** Sets an element, rounded to the array's precision. */
    public static void set(Object array, int index, double value) {
        if (array instanceof float[]) {
            ((float[]) array)[index] = (float) value;
        } else {
            ((double[]) array)[index] = value;
        }
    }

    /** Elements {@code from} to {@code from + length - 1} as doubles. */
    public static double[] slice(Object array, int from, int length) {
        double[] slice = new double[length];
        for (int i = 0; i < length; i++) {
            slice[i] = get(array, from + i);
        }
        return slice;
    }

    /** Copies between arrays of one precision. */
    public static void copy(Object from, int fromIndex, Object to, int toIndex, int length) {
        System.arraycopy(from, fromIndex, to, toIndex, length);
    }

    /** The product of extents, saturating. */
    public static long size(List<Integer> shape) {
        long size = 1;
        for (int extent : shape) {
            size = Math.multiplyHigh(size, extent) != 0 ? Long.MAX_VALUE : size * extent;
        }
        return size;
    }
}
