package org.deepliftc.pictures;

/**
 * One line of text in a sans-serif face.
 *
 * @param content what is written; line breaks become spaces, and characters that no text may carry (controls, lone
 *     surrogates, direction overrides) become the replacement character
 * @param x where the anchor lies on the baseline
 * @param y the baseline
 * @param size font size in pixels
 * @param rotation degrees clockwise about (x, y)
 */
public record Text(
        String content, double x, double y, double size, Anchor anchor, Weight weight, double rotation, Colour colour)
        implements Shape {
    /** Which point of the text stands at x. */
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    public enum Weight {
        REGULAR,
        BOLD
    }

    public Text {
        content = clean(content);
        Checks.coordinate("x", x);
        Checks.coordinate("y", y);
        Checks.length("font size", size);
        Checks.coordinate("rotation", rotation);
    }

    /** Regular horizontal text. */
    public Text(String content, double x, double y, double size, Anchor anchor, Colour colour) {
        this(content, x, y, size, anchor, Weight.REGULAR, 0, colour);
    }

    public Text bold() {
        return new Text(content, x, y, size, anchor, Weight.BOLD, rotation, colour);
    }

    public Text rotated(double degrees) {
        return new Text(content, x, y, size, anchor, weight, degrees, colour);
    }

    /** Replaces what may not stand in a line of text; the result is also valid XML character data. */
    static String clean(String raw) {
        StringBuilder line = new StringBuilder(raw.length());
        raw.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                line.append(' ');
            } else {
                line.appendCodePoint(isPrintable(point) ? point : 0xFFFD);
            }
        });
        return line.toString();
    }

    private static boolean isPrintable(int point) {
        boolean noncharacter = (point & 0xFFFE) == 0xFFFE;
        boolean directionOverride = point >= 0x202A && point <= 0x202E || point >= 0x2066 && point <= 0x2069;
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        boolean lineBreak = point == 0x2028 || point == 0x2029;
        return !(Character.isISOControl(point) || noncharacter || directionOverride || surrogate || lineBreak);
    }
}
