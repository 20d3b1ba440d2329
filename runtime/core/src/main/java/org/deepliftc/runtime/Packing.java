package org.deepliftc.runtime;

import java.util.Arrays;

/**
 * Rearranges weights when a class is loaded: the file keeps the model's own axis order, the generated loops read the
 * order that suits them. Elements are moved, never computed with.
 */
public final class Packing {

    /** Both sides of a tile of 32 x 32 doubles stay within a first-level cache. */
    private static final int TILE = 32;

    private Packing() {}

    /**
     * A copy of a row-major array with its axes in another order.
     *
     * @param shape the extents of {@code source}
     * @param permutation axis {@code k} of the result is axis {@code permutation[k]} of {@code source}
     * @throws IllegalArgumentException if shape, permutation and array do not fit together
     */
    public static float[] permute(float[] source, int[] shape, int[] permutation) {
        Plan plan = Plan.of(source.length, shape, permutation);
        float[] result = new float[source.length];
        if (plan.identity()) {
            System.arraycopy(source, 0, result, 0, source.length);
            return result;
        }
        plan.forEachPlane((from, to) -> transpose(source, from, result, to, plan));
        return result;
    }

    /** As {@link #permute(float[], int[], int[])}. */
    public static double[] permute(double[] source, int[] shape, int[] permutation) {
        Plan plan = Plan.of(source.length, shape, permutation);
        double[] result = new double[source.length];
        if (plan.identity()) {
            System.arraycopy(source, 0, result, 0, source.length);
            return result;
        }
        plan.forEachPlane((from, to) -> transpose(source, from, result, to, plan));
        return result;
    }

    /** As {@link #permute(float[], int[], int[])}. */
    public static int[] permute(int[] source, int[] shape, int[] permutation) {
        Plan plan = Plan.of(source.length, shape, permutation);
        int[] result = new int[source.length];
        if (plan.identity()) {
            System.arraycopy(source, 0, result, 0, source.length);
            return result;
        }
        plan.forEachPlane((from, to) -> transpose(source, from, result, to, plan));
        return result;
    }

    private static void transpose(float[] source, int from, float[] result, int to, Plan plan) {
        for (int i0 = 0; i0 < plan.rows; i0 += TILE) {
            int i1 = Math.min(plan.rows, i0 + TILE);
            for (int j0 = 0; j0 < plan.columns; j0 += TILE) {
                int j1 = Math.min(plan.columns, j0 + TILE);
                for (int i = i0; i < i1; i++) {
                    int s = from + i * plan.sourceRow;
                    int r = to + i * plan.resultRow;
                    for (int j = j0; j < j1; j++) {
                        result[r + j] = source[s + j * plan.sourceColumn];
                    }
                }
            }
        }
    }

    private static void transpose(double[] source, int from, double[] result, int to, Plan plan) {
        for (int i0 = 0; i0 < plan.rows; i0 += TILE) {
            int i1 = Math.min(plan.rows, i0 + TILE);
            for (int j0 = 0; j0 < plan.columns; j0 += TILE) {
                int j1 = Math.min(plan.columns, j0 + TILE);
                for (int i = i0; i < i1; i++) {
                    int s = from + i * plan.sourceRow;
                    int r = to + i * plan.resultRow;
                    for (int j = j0; j < j1; j++) {
                        result[r + j] = source[s + j * plan.sourceColumn];
                    }
                }
            }
        }
    }

    private static void transpose(int[] source, int from, int[] result, int to, Plan plan) {
        for (int i0 = 0; i0 < plan.rows; i0 += TILE) {
            int i1 = Math.min(plan.rows, i0 + TILE);
            for (int j0 = 0; j0 < plan.columns; j0 += TILE) {
                int j1 = Math.min(plan.columns, j0 + TILE);
                for (int i = i0; i < i1; i++) {
                    int s = from + i * plan.sourceRow;
                    int r = to + i * plan.resultRow;
                    for (int j = j0; j < j1; j++) {
                        result[r + j] = source[s + j * plan.sourceColumn];
                    }
                }
            }
        }
    }

    @FunctionalInterface
    private interface Plane {
        void copy(int from, int to);
    }

    /**
     * A permutation as planes: the columns of a plane are neighbours in the result, its rows neighbours in the source
     * (or, where the last axis stays last, any other axis), and the remaining axes are walked one plane at a time.
     */
    private static final class Plan {
        private final int[] extents;
        private final int[] sourceStrides;
        private final int[] resultStrides;
        private int rows = 1;
        private int columns = 1;
        private int sourceRow;
        private int sourceColumn = 1;
        private int resultRow;

        private Plan(int[] extents, int[] sourceStrides) {
            this.extents = extents;
            this.sourceStrides = sourceStrides;
            this.resultStrides = strides(extents);
        }

        static Plan of(int length, int[] shape, int[] permutation) {
            check(length, shape, permutation);
            if (length == 0) {
                return new Plan(new int[0], new int[0]);
            }
            int[] strides = strides(shape);
            int[] extents = new int[shape.length];
            int[] sourceStrides = new int[shape.length];
            int rank = 0;
            for (int axis : permutation) {
                if (shape[axis] == 1) {
                    continue;
                }
                boolean joins = rank > 0 && sourceStrides[rank - 1] == (long) strides[axis] * shape[axis];
                if (joins) {
                    extents[rank - 1] *= shape[axis];
                    sourceStrides[rank - 1] = strides[axis];
                } else {
                    extents[rank] = shape[axis];
                    sourceStrides[rank++] = strides[axis];
                }
            }
            Plan plan = new Plan(Arrays.copyOf(extents, rank), Arrays.copyOf(sourceStrides, rank));
            plan.choosePlane();
            return plan;
        }

        /** True where the elements keep their order; so it is where there are none. */
        boolean identity() {
            return extents.length <= 1;
        }

        /** Takes the last axis as columns and the one whose elements are closest in the source as rows. */
        private void choosePlane() {
            int last = extents.length - 1;
            if (last < 1) {
                return;
            }
            columns = extents[last];
            sourceColumn = sourceStrides[last];
            int row = 0;
            for (int axis = 1; axis < last; axis++) {
                row = sourceStrides[axis] < sourceStrides[row] ? axis : row;
            }
            rows = extents[row];
            sourceRow = sourceStrides[row];
            resultRow = resultStrides[row];
            extents[row] = 1;
            extents[last] = 1;
        }

        void forEachPlane(Plane plane) {
            walk(0, 0, 0, plane);
        }

        private void walk(int axis, int from, int to, Plane plane) {
            if (axis == extents.length) {
                plane.copy(from, to);
                return;
            }
            for (int i = 0; i < extents[axis]; i++) {
                walk(axis + 1, from + i * sourceStrides[axis], to + i * resultStrides[axis], plane);
            }
        }

        private static int[] strides(int[] shape) {
            int[] strides = new int[shape.length];
            int stride = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                strides[axis] = stride;
                stride *= shape[axis];
            }
            return strides;
        }

        private static void check(int length, int[] shape, int[] permutation) {
            boolean fits = Arrays.stream(shape).allMatch(extent -> extent >= 0);
            long elements = fits ? 1 : -1;
            for (int i = 0; i < shape.length && elements > 0; i++) {
                elements = elements * shape[i] > Integer.MAX_VALUE ? -1 : elements * shape[i];
            }
            if (elements != length) {
                throw new IllegalArgumentException(
                        "an array of " + length + " elements does not have the shape " + Arrays.toString(shape));
            }
            int[] axes = permutation.clone();
            Arrays.sort(axes);
            boolean complete = axes.length == shape.length;
            for (int i = 0; complete && i < axes.length; i++) {
                complete = axes[i] == i;
            }
            if (!complete) {
                throw new IllegalArgumentException(
                        Arrays.toString(permutation) + " is no permutation of the axes of " + Arrays.toString(shape));
            }
        }
    }
}
