package org.deepliftc.runtime;

/**
 * Moves weights when a class is loaded: the file keeps the model's own axis order, the generated loops read the order
 * that suits them. Elements are moved, never computed with.
 */
public final class Packing {
    private static final int NUMBERS = 4;

    private Packing() {}

    /**
     * A copy of a row-major array whose elements lie elsewhere; what no element reaches is 0.
     *
     * @param axes four numbers for each axis of {@code source}, outermost first: its extent, the block it is cut into,
     *     the distance between blocks and the distance within one: element i goes to {@code i / block * outer + i % block
     *     * inner}
     * @param size elements of the result
     * @throws IllegalArgumentException if the axes do not fit the array, or reach outside the result
     */
    public static float[] place(float[] source, int[] axes, int size) {
        float[] result = new float[check(source.length, axes, size)];
        int inner = axes.length - NUMBERS;
        int rows = source.length / axes[inner];
        for (int row = 0; row < rows; row++) {
            int to = start(row, axes);
            int from = row * axes[inner];
            for (int i = 0; i < axes[inner]; i++) {
                result[to + along(i, axes, inner)] = source[from + i];
            }
        }
        return result;
    }

    /** As {@link #place(float[], int[], int)}. */
    public static double[] place(double[] source, int[] axes, int size) {
        double[] result = new double[check(source.length, axes, size)];
        int inner = axes.length - NUMBERS;
        int rows = source.length / axes[inner];
        for (int row = 0; row < rows; row++) {
            int to = start(row, axes);
            int from = row * axes[inner];
            for (int i = 0; i < axes[inner]; i++) {
                result[to + along(i, axes, inner)] = source[from + i];
            }
        }
        return result;
    }

    /** As {@link #place(float[], int[], int)}. */
    public static int[] place(int[] source, int[] axes, int size) {
        int[] result = new int[check(source.length, axes, size)];
        int inner = axes.length - NUMBERS;
        int rows = source.length / axes[inner];
        for (int row = 0; row < rows; row++) {
            int to = start(row, axes);
            int from = row * axes[inner];
            for (int i = 0; i < axes[inner]; i++) {
                result[to + along(i, axes, inner)] = source[from + i];
            }
        }
        return result;
    }

    private static int along(int i, int[] axes, int axis) {
        int block = axes[axis + 1];
        return i < block ? i * axes[axis + 3] : i / block * axes[axis + 2] + i % block * axes[axis + 3];
    }

    /** Where the elements of the innermost axis begin, for the given indices of all others. */
    private static int start(int row, int[] axes) {
        int rest = row;
        int to = 0;
        for (int axis = axes.length - 2 * NUMBERS; axis >= 0; axis -= NUMBERS) {
            to += along(rest % axes[axis], axes, axis);
            rest /= axes[axis];
        }
        return to;
    }

    private static int check(int length, int[] axes, int size) {
        if (axes.length == 0 || axes.length % NUMBERS != 0) {
            throw new IllegalArgumentException("an axis has " + NUMBERS + " numbers; " + axes.length + " are given");
        }
        long elements = 1;
        long last = 0;
        for (int axis = 0; axis < axes.length; axis += NUMBERS) {
            for (int k = 0; k < NUMBERS; k++) {
                if (axes[axis + k] < (k < 2 ? 1 : 0)) {
                    throw new IllegalArgumentException("number " + axes[axis + k] + " of an axis is too small");
                }
            }
            elements *= axes[axis];
            long end = axes[axis] - 1L;
            long block = axes[axis + 1];
            last += end / block * axes[axis + 2] + Math.min(end, block - 1) * axes[axis + 3];
            if (elements > length || last >= size) {
                throw new IllegalArgumentException(
                        "axes of " + elements + " elements that reach " + last + " for " + length + " in " + size);
            }
        }
        if (elements != length) {
            throw new IllegalArgumentException("axes of " + elements + " elements for an array of " + length);
        }
        return size;
    }
}
