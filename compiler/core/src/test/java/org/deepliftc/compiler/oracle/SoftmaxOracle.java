package org.deepliftc.compiler.oracle;

import org.deepliftc.compiler.graph.Shape;

/**
 * A softmax inside the network: e = exp(x - c), z = sum e, q = 1 / z, y = e q, with one shift c for both runs; the
 * product by eq. 18, exp and the reciprocal by rescale.
 */
final class SoftmaxOracle {
    private SoftmaxOracle() {}

    static double[] handedBack(Shape shape, int axis, double[] actual, double[] reference, double[] m) {
        double[] back = new double[m.length];
        int step = shape.strides()[axis];
        for (int i = 0; i < m.length; i++) {
            if (i / step % shape.dim(axis) == 0) {
                line(i, step, shape.dim(axis), actual, reference, m, back);
            }
        }
        return back;
    }

    private static void line(
            int start, int step, int extent, double[] actual, double[] reference, double[] m, double[] back) {
        double shift = Double.NEGATIVE_INFINITY;
        for (int i = start; i < start + extent * step; i += step) {
            shift = Math.max(shift, Math.max(actual[i], reference[i]));
        }
        double z = 0;
        double z0 = 0;
        for (int i = start; i < start + extent * step; i += step) {
            z += Math.exp(actual[i] - shift);
            z0 += Math.exp(reference[i] - shift);
        }
        double ofReciprocal = 0;
        for (int i = start; i < start + extent * step; i += step) {
            ofReciprocal += m[i] * (Math.exp(actual[i] - shift) + Math.exp(reference[i] - shift)) / 2;
        }
        double ofSum = ofReciprocal * -1 / (z * z0);
        for (int i = start; i < start + extent * step; i += step) {
            double ofExp = m[i] * (1 / z + 1 / z0) / 2 + ofSum;
            back[i] = ofExp * exponentialSlope(actual[i] - shift, reference[i] - shift);
        }
    }

    /** y = x - c - log z: the difference, the logarithm, the sum and exp by rescale, with one shift c for both runs. */
    static double[] ofLogarithm(Shape shape, int axis, double[] actual, double[] reference, double[] m) {
        double[] back = m.clone();
        int step = shape.strides()[axis];
        int extent = shape.dim(axis);
        for (int i = 0; i < m.length; i++) {
            int start = i - i / step % extent * step;
            double shift = Double.NEGATIVE_INFINITY;
            for (int k = start; k < start + extent * step; k += step) {
                shift = Math.max(shift, Math.max(actual[k], reference[k]));
            }
            double z = 0;
            double z0 = 0;
            double upstream = 0;
            for (int k = start; k < start + extent * step; k += step) {
                z += Math.exp(actual[k] - shift);
                z0 += Math.exp(reference[k] - shift);
                upstream += m[k];
            }
            double ofLog = Math.abs(z - z0) <= 1e-7 * z0 ? 2 / (z + z0) : (Math.log(z) - Math.log(z0)) / (z - z0);
            back[i] -= upstream * ofLog * exponentialSlope(actual[i] - shift, reference[i] - shift);
        }
        return back;
    }

    private static double exponentialSlope(double a, double r) {
        return Math.abs(a - r) <= 1e-7 ? Math.exp((a + r) / 2) : (Math.exp(a) - Math.exp(r)) / (a - r);
    }
}
