package org.deepliftc.compiler.interpret;

/**
 * erf and its divided difference in double precision, by series of positive terms: erf(x) = 2 / sqrt(pi) exp(-x^2)
 * sum_n 2^n x^(2n+1) / (1 3 5 ... (2n+1)) loses nothing to cancellation, and the complement of large x is a continued
 * fraction.
 */
final class ErrorFunction {
    private static final double SCALE = 2 / Math.sqrt(Math.PI);

    /** From here the continued fraction converges quickly. */
    private static final double LARGE = 3;

    /** Steps of Simpson's rule over a short interval, whose error is far below rounding. */
    private static final int STEPS = 512;

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        double value = size < LARGE ? series(size) : 1 - complement(size);
        return Math.copySign(value, x);
    }

    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > sum * 1e-18; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return SCALE * Math.exp(-x * x) * sum;
    }

    /** 1 - erf(x) for positive x, with its relative accuracy. */
    private static double complement(double x) {
        if (x < LARGE) {
            return 1 - series(x);
        }
        double fraction = 0;
        for (int k = 200; k > 0; k--) {
            fraction = k / 2.0 / (x + fraction);
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + fraction));
    }

    /** (1 + erf(x / sqrt 2)) / 2, with relative accuracy in the lower tail. */
    static double normal(double x) {
        double tail = complement(Math.abs(x) * Math.sqrt(0.5)) / 2;
        return x < 0 ? tail : 1 - tail;
    }

    static double normalDifference(double a, double b) {
        double scale = Math.sqrt(0.5);
        return scale / 2 * difference(scale * a, scale * b);
    }

    /** Near each other the mean of the derivative; else the quotient, of complements where both lie on one side. */
    static double difference(double a, double b) {
        double low = Math.min(Math.abs(a), Math.abs(b));
        double high = Math.max(Math.abs(a), Math.abs(b));
        double distance = Math.abs(a - b);
        if (distance * (1 + low) <= 1) {
            return mean(a * b < 0 ? Math.min(a, b) : low, distance);
        }
        double change = a * b < 0
                ? erf(high) + erf(low)
                : low < LARGE ? erf(high) - erf(low) : complement(low) - complement(high);
        return change / distance;
    }

    /** The mean of 2 / sqrt(pi) exp(-t^2) over [from, from + distance], by Simpson's rule. */
    private static double mean(double from, double distance) {
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double t = distance * i / STEPS;
            double weight = i == 0 || i == STEPS ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.exp(-(2 * from + t) * t);
        }
        return SCALE * Math.exp(-from * from) * sum / (3 * STEPS);
    }
}
