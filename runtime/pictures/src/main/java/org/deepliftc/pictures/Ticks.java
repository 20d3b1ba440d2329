package org.deepliftc.pictures;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param values rising
 * @param labels the values written in one common precision
 */
record Ticks(List<Double> values, List<String> labels) {
    /** Below this no power of ten above the subnormal numbers is left to step by. */
    static final double SMALLEST_RANGE = 1e-290;

    Ticks {
        values = List.copyOf(values);
        labels = List.copyOf(labels);
    }

    /** At most {@code most} + 1 ticks within [low, high]; the single tick 0 where the range is no range. */
    static Ticks within(double low, double high, int most) {
        double rough = high / most - low / most;
        if (!(rough > SMALLEST_RANGE)) {
            return new Ticks(List.of(0.0), List.of("0"));
        }
        BigDecimal step = step(rough);
        BigDecimal first = BigDecimal.valueOf(low).divide(step, 0, RoundingMode.CEILING);
        List<Double> values = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        BigDecimal slack = step.movePointLeft(6);
        BigDecimal end = BigDecimal.valueOf(high).add(slack);
        int exponent = Math.max(exponent(low), exponent(high));
        for (BigDecimal tick = first.multiply(step); tick.compareTo(end) <= 0; tick = tick.add(step)) {
            values.add(tick.doubleValue());
            labels.add(label(tick, step, exponent));
        }
        return new Ticks(values, labels);
    }

    /**
     * A value among others of at most this magnitude: all in the same decimals, as many as give the largest three
     * digits; a smaller one that would vanish keeps one digit.
     */
    static String label(double value, double largest) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int exponent = exponent(largest);
        if (exponent < -3 || exponent > 5) {
            BigDecimal rounded = exact.round(new MathContext(3));
            return scientific(rounded, rounded.precision() - rounded.scale() - 1);
        }
        BigDecimal rounded = exact.setScale(Math.max(0, 2 - exponent), RoundingMode.HALF_UP);
        if (rounded.signum() != 0) {
            return minus(rounded.toPlainString());
        }
        BigDecimal digit = exact.round(new MathContext(1));
        int small = digit.precision() - digit.scale() - 1;
        return small < -5 ? scientific(digit, small) : minus(digit.toPlainString());
    }

    private static BigDecimal step(double rough) {
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(exponent(rough));
        for (int factor : new int[] {1, 2, 5}) {
            BigDecimal step = power.multiply(BigDecimal.valueOf(factor));
            if (step.doubleValue() >= rough * (1 - 1e-9)) {
                return step;
            }
        }
        return power.scaleByPowerOfTen(1);
    }

    private static int exponent(double value) {
        return value == 0 ? Integer.MIN_VALUE : (int) Math.floor(Math.log10(Math.abs(value)));
    }

    private static String label(BigDecimal tick, BigDecimal step, int exponent) {
        if (tick.signum() == 0) {
            return "0";
        }
        if (exponent < -3 || exponent > 5) {
            return scientific(tick, tick.precision() - tick.scale() - 1);
        }
        int decimals = Math.max(0, step.stripTrailingZeros().scale());
        return minus(tick.setScale(decimals, RoundingMode.HALF_UP).toPlainString());
    }

    private static String scientific(BigDecimal value, int exponent) {
        String digits = value.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        return minus(digits + "e" + exponent);
    }

    private static String minus(String number) {
        return number.replace('-', '\u2212');
    }
}
