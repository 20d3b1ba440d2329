package org.deepliftc.runtime;

import java.util.Arrays;

/**
 * One-hot inputs given as codes: a byte for each position instead of a column of ones and zeros. Code {@code s} stands for
 * a 1 in row {@code s} of the position's column; a code that is no row, such as 4 where there are four symbols, stands for
 * a column of zeros, as N and padding are.
 */
public final class Codes {
    private Codes() {}

    /** An array of {@code size} elements: {@code known} where there is one already. */
    public static float[] floats(float[] known, int size) {
        return known == null ? new float[size] : known;
    }

    /** An array of {@code size} elements: {@code known} where there is one already. */
    public static double[] doubles(double[] known, int size) {
        return known == null ? new double[size] : known;
    }

    /**
     * Writes rows of codes as columns of ones and zeros.
     *
     * @param codes {@code [rows, positions]}, from element {@code first}; not modified
     * @param to {@code [rows, symbols, positions]}, from element 0
     */
    public static void expand(byte[] codes, int first, int rows, int symbols, int positions, float[] to) {
        Arrays.fill(to, 0, rows * symbols * positions, 0);
        for (int row = 0; row < rows; row++) {
            int at = first + row * positions;
            int start = row * symbols * positions;
            for (int p = 0; p < positions; p++) {
                int symbol = codes[at + p] & 0xff;
                if (symbol < symbols) {
                    to[start + symbol * positions + p] = 1;
                }
            }
        }
    }

    /** As {@link #expand(byte[], int, int, int, int, float[])}, in double precision. */
    public static void expand(byte[] codes, int first, int rows, int symbols, int positions, double[] to) {
        Arrays.fill(to, 0, rows * symbols * positions, 0);
        for (int row = 0; row < rows; row++) {
            int at = first + row * positions;
            int start = row * symbols * positions;
            for (int p = 0; p < positions; p++) {
                int symbol = codes[at + p] & 0xff;
                if (symbol < symbols) {
                    to[start + symbol * positions + p] = 1;
                }
            }
        }
    }

    /** Codes as new columns of ones and zeros; an array of such columns as it is. */
    public static float[] floats(String name, Object array, int rows, int symbols, int positions) {
        if (!(array instanceof byte[])) {
            return Arguments.floats(name, array, rows, (long) symbols * positions);
        }
        byte[] codes = Arguments.codes(name, array, rows, positions);
        float[] columns = new float[Arguments.slots(name, rows, symbols * positions)];
        expand(codes, 0, rows, symbols, positions, columns);
        return columns;
    }

    /** As {@link #floats(String, Object, int, int, int)}, in double precision. */
    public static double[] doubles(String name, Object array, int rows, int symbols, int positions) {
        if (!(array instanceof byte[])) {
            return Arguments.doubles(name, array, rows, (long) symbols * positions);
        }
        byte[] codes = Arguments.codes(name, array, rows, positions);
        double[] columns = new double[Arguments.slots(name, rows, symbols * positions)];
        expand(codes, 0, rows, symbols, positions, columns);
        return columns;
    }
}
