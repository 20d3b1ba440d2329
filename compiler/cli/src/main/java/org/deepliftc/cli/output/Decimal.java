package org.deepliftc.cli.output;

import java.util.Locale;

/** Numbers in tables and files. */
final class Decimal {
    private Decimal() {}

    /** Four significant digits: {@code 0.9371}, {@code 1.2e-07}. */
    static String shortest(double value) {
        double size = Math.abs(value);
        if (value == 0 || size >= 1e-3 && size < 1e6) {
            int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 4;
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }
        return String.format(Locale.ROOT, "%.2e", value);
    }

    /** The same without zeros at the end: {@code -1}, {@code 0.25}. */
    static String brief(double value) {
        String text = shortest(value);
        return text.contains(".") && !text.contains("e") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** All digits of an element of an array, so that reading the text gives the number again. */
    static String exact(Object array, int index) {
        return array instanceof float[]
                ? Float.toString(((float[]) array)[index])
                : Double.toString(((double[]) array)[index]);
    }
}
