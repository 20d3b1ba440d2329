package org.deepliftc.pictures;

import java.util.Locale;

/** Rulers: the scale left of a plot and the positions below it. */
final class AxisRuler {
    private static final Style STROKE = Style.stroke(Colour.INK, 0.75);

    private AxisRuler() {}

    /** Draws a vertical axis at x, ticks to its left, over a plot [top, top + height]. */
    static void vertical(Page page, Range range, double x, double top, double height) {
        page.add(new Line(x, top, x, top + height, STROKE));
        Ticks ticks = range.ticks(mostTicks(height));
        for (int i = 0; i < ticks.values().size(); i++) {
            double y = top + height * range.above(ticks.values().get(i));
            page.add(new Line(x - 4, y, x, y, STROKE));
            page.add(new Text(ticks.labels().get(i), x - 6, y + 3.2, Page.TICK_SIZE, Text.Anchor.END, Colour.INK));
        }
    }

    /** The widest tick label of {@link #vertical} for this range. */
    static double labelWidth(Range range, double height) {
        return range.ticks(mostTicks(height)).labels().stream()
                .mapToDouble(label -> TextWidth.of(label, Page.TICK_SIZE))
                .max()
                .orElse(0);
    }

    /**
     * Draws positions below a plot, each tick under the middle of its base.
     *
     * @param first position of the leftmost base
     * @param count number of bases
     * @param step width of a base in pixels
     */
    static void positions(Page page, long first, int count, double left, double y, double step) {
        page.add(new Line(left, y, left + count * step, y, STROKE));
        long last = first + count - 1;
        double widest =
                Math.max(TextWidth.of(position(first), Page.TICK_SIZE), TextWidth.of(position(last), Page.TICK_SIZE));
        long major = majorStep((widest + 16) / step);
        long minor = major % 5 == 0 ? major / 5 : major % 2 == 0 ? major / 2 : major;
        if (minor * step < 4) {
            minor = major;
        }
        for (long at = Math.floorDiv(first + minor - 1, minor) * minor; at <= last; at += minor) {
            double x = left + (at - first + 0.5) * step;
            boolean isMajor = Math.floorMod(at, major) == 0;
            page.add(new Line(x, y, x, y + (isMajor ? 4 : 2.5), STROKE));
            if (isMajor) {
                page.add(new Text(position(at), x, y + 13, Page.TICK_SIZE, Text.Anchor.MIDDLE, Colour.INK));
            }
        }
    }

    /** A position with its thousands apart from five digits on. */
    static String position(long value) {
        String plain = Math.abs(value) < 10_000 ? Long.toString(value) : String.format(Locale.ROOT, "%,d", value);
        return plain.replace('-', '\u2212');
    }

    private static int mostTicks(double height) {
        return (int) Math.max(2, height / 18);
    }

    /** The least of 1, 2, 5, 10, ... that is not below a number of bases. */
    private static long majorStep(double least) {
        long power = 1;
        while (true) {
            for (long factor : new long[] {1, 2, 5}) {
                if (power * factor >= least) {
                    return power * factor;
                }
            }
            power *= 10;
        }
    }
}
