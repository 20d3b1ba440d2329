package org.deepliftc.cli.terminal;

import java.util.Locale;

/** Numbers as people read them. */
public final class Quantity {
    private Quantity() {}

    /** Three significant digits with k, M or G: {@code 12.3k}. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return digits(value / 1e9) + "G";
        }
        if (size >= 1e6) {
            return digits(value / 1e6) + "M";
        }
        return size >= 1e4 ? digits(value / 1e3) + "k" : digits(value);
    }

    /** Bytes in the unit that fits: {@code 1.5 GiB}. */
    public static String bytes(double count) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
        int unit = 0;
        double value = count;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? String.valueOf((long) value) : digits(value)) + " " + units[unit];
    }

    /** {@code 1 example}, {@code 2 examples}. */
    public static String count(long number, String singular) {
        return number + " " + singular + (number == 1 ? "" : "s");
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        String pattern = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }
}
