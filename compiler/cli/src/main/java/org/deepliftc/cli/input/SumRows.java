package org.deepliftc.cli.input;

import org.deepliftc.compiler.graph.Model.SumConstraint;
import org.deepliftc.compiler.graph.Shape;

/** Counts the rows whose elements do not sum along an axis to what the model declares. */
public final class SumRows {
    /** What rounding of floats may leave, relative to the sum of the sizes. */
    private static final double TOLERANCE = 1e-5;

    private SumRows() {}

    /**
     * How many of {@code count} examples break the constraint.
     *
     * @param shape of one example
     */
    public static int violations(Object values, int count, Shape shape, SumConstraint constraint) {
        int stride = shape.strides()[constraint.axis()];
        int extent = shape.dim(constraint.axis());
        int broken = 0;
        for (int example = 0; example < count; example++) {
            boolean holds = true;
            for (int line = 0; line < shape.size() / extent && holds; line++) {
                int start = example * shape.size() + line / stride * stride * extent + line % stride;
                holds = holds(values, start, stride, extent, constraint.value());
            }
            broken += holds ? 0 : 1;
        }
        return broken;
    }

    private static boolean holds(Object values, int start, int stride, int extent, double wanted) {
        double sum = 0;
        double size = Math.abs(wanted);
        for (int k = 0; k < extent; k++) {
            double value = Numbers.get(values, start + k * stride);
            sum += value;
            size += Math.abs(value);
        }
        return Math.abs(sum - wanted) <= TOLERANCE * size;
    }
}
