package org.deepliftc.pictures;

/**
 * The values an axis covers.
 *
 * @param low at most 0
 * @param high at least 0
 */
record Range(double low, double high) {
    /** Extends to both sides by a twentieth, so that nothing touches the frame. */
    private static final double PADDING = 0.05;

    /** The least range that holds zero and both ends. */
    static Range around(double low, double high) {
        return new Range(Math.min(0, low), Math.max(0, high));
    }

    Range and(Range other) {
        return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }

    /** Whether every value is zero, or too near to it to divide by. */
    boolean isFlat() {
        return !(high / 2 - low / 2 > Ticks.SMALLEST_RANGE);
    }

    /** The share of the axis above a value: 0 at the (padded) high end, 1 at the low end. */
    double above(double value) {
        double fraction = isFlat() ? 0.5 : (high / 2 - value / 2) / (high / 2 - low / 2);
        return (fraction + PADDING) / (1 + 2 * PADDING);
    }

    Ticks ticks(int most) {
        return isFlat() ? Ticks.within(0, 0, most) : Ticks.within(low, high, most);
    }
}
