package org.deepliftc.pictures;

/** Checks of what callers hand in; each message names the argument and the value found. */
final class Checks {
    /** Coordinates beyond this lose their fraction in the renderers' arithmetic and are surely mistakes. */
    private static final double LARGEST_COORDINATE = 1e7;

    private Checks() {}

    static double coordinate(String what, double value) {
        if (!(Math.abs(value) <= LARGEST_COORDINATE)) {
            throw new IllegalArgumentException(what + " must be a number of at most 1e7 pixels, but is " + value);
        }
        return value;
    }

    static double length(String what, double value) {
        coordinate(what, value);
        if (value < 0) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + value);
        }
        return value;
    }

    static double fraction(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must lie between 0 and 1, but is " + value);
        }
        return value;
    }

    static int between(String what, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    what + " must lie between " + low + " and " + high + ", but is " + value);
        }
        return value;
    }

    /** Refuses NaN and infinities, naming the first by its index. */
    static double[] finite(String what, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " holds " + values[i] + " at index " + i
                        + "; a picture needs finite numbers (does the model overflow on this input?)");
            }
        }
        return values;
    }

    /** Copies a rectangular matrix, refusing ragged rows, emptiness and non-finite entries. */
    static double[][] matrix(String what, double[][] values) {
        if (values.length == 0 || values[0].length == 0) {
            throw new IllegalArgumentException(what + " is empty; a picture needs at least one value");
        }
        double[][] copy = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            if (values[i].length != values[0].length) {
                throw new IllegalArgumentException(what + " is ragged: row 0 has " + values[0].length + " values, row "
                        + i + " has " + values[i].length);
            }
            copy[i] = finite(what + ", row " + i + ",", values[i]).clone();
        }
        return copy;
    }
}
