package org.deepliftc.compiler.interpret;

import java.util.Arrays;
import java.util.List;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Operators that move elements about or reduce over axes. */
final class MovementMeaning {
    private MovementMeaning() {}

    static double[] transpose(double[] x, Shape from, Shape to, List<Integer> permutation) {
        int[] own = from.strides();
        int[] strides = new int[to.rank()];
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = own[permutation.get(axis)];
        }
        double[] y = new double[x.length];
        int[] at = Coordinates.first(to);
        for (int i = 0; i < y.length; i++) {
            y[i] = x[Coordinates.flat(at, strides)];
            Coordinates.advance(at, to);
        }
        return y;
    }

    static double[] concat(List<double[]> inputs, List<Shape> shapes, int axis, Shape to) {
        double[] y = new double[to.size()];
        int offset = 0;
        for (int i = 0; i < inputs.size(); i++) {
            int[] start = new int[to.rank()];
            start[axis] = offset;
            int[] ones = new int[to.rank()];
            Arrays.fill(ones, 1);
            place(inputs.get(i), shapes.get(i), y, to, start, ones);
            offset += shapes.get(i).dim(axis);
        }
        return y;
    }

    static double[] slice(Op.Slice op, double[] x, Shape from) {
        double[] y = new double[op.shape().size()];
        int[] strides = from.strides();
        int[] at = Coordinates.first(op.shape());
        for (int i = 0; i < y.length; i++) {
            y[i] = x[placed(at, ints(op.starts()), ints(op.steps()), strides)];
            Coordinates.advance(at, op.shape());
        }
        return y;
    }

    static double[] embed(Op.Embed op, double[] x, Shape from) {
        double[] y = new double[op.shape().size()];
        Arrays.fill(y, op.value());
        place(x, from, y, op.shape(), ints(op.starts()), ints(op.steps()));
        return y;
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void place(double[] x, Shape inner, double[] y, Shape outer, int[] starts, int[] steps) {
        int[] strides = outer.strides();
        int[] at = Coordinates.first(inner);
        for (double value : x) {
            y[placed(at, starts, steps, strides)] = value;
            Coordinates.advance(at, inner);
        }
    }

    private static int placed(int[] at, int[] starts, int[] steps, int[] strides) {
        int flat = 0;
        for (int axis = 0; axis < at.length; axis++) {
            flat += (starts[axis] + at[axis] * steps[axis]) * strides[axis];
        }
        return flat;
    }

    /** Reduces in the row-major order of the input. */
    static double[] reduce(Op.Reduce op, double[] x, Shape from) {
        Shape kept = from;
        for (int axis : op.axes()) {
            kept = kept.with(axis, 1);
        }
        double[] y = new double[kept.size()];
        Arrays.fill(y, op.kind() == Op.ReduceKind.MAX ? Double.NEGATIVE_INFINITY : 0);
        int[] strides = Coordinates.broadcastStrides(kept, from);
        int[] at = Coordinates.first(from);
        for (double value : x) {
            int i = Coordinates.flat(at, strides);
            y[i] = op.kind() == Op.ReduceKind.MAX ? Math.max(y[i], value) : y[i] + value;
            Coordinates.advance(at, from);
        }
        int count = x.length / y.length;
        for (int i = 0; i < y.length && op.kind() == Op.ReduceKind.MEAN; i++) {
            y[i] /= count;
        }
        return y;
    }

    static double[] softmax(double[] x, Shape shape, int axis) {
        double[] y = new double[x.length];
        int step = shape.strides()[axis];
        int extent = shape.dim(axis);
        for (int start = 0; start < x.length; start++) {
            if (start / step % extent == 0) {
                softmaxLine(x, y, start, step, extent);
            }
        }
        return y;
    }

    private static void softmaxLine(double[] x, double[] y, int start, int step, int extent) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < extent; i++) {
            largest = Math.max(largest, x[start + i * step]);
        }
        double total = 0;
        for (int i = 0; i < extent; i++) {
            y[start + i * step] = Math.exp(x[start + i * step] - largest);
            total += y[start + i * step];
        }
        for (int i = 0; i < extent; i++) {
            y[start + i * step] /= total;
        }
    }

    /** x less the logarithm of the sum of exponentials along the axis, taken less the largest. */
    static double[] logSoftmax(double[] x, Shape shape, int axis) {
        double[] y = new double[x.length];
        int step = shape.strides()[axis];
        int extent = shape.dim(axis);
        for (int i = 0; i < x.length; i++) {
            int start = i - i / step % extent * step;
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < extent; k++) {
                largest = Math.max(largest, x[start + k * step]);
            }
            double total = 0;
            for (int k = 0; k < extent; k++) {
                total += Math.exp(x[start + k * step] - largest);
            }
            y[i] = x[i] - largest - Math.log(total);
        }
        return y;
    }
}
