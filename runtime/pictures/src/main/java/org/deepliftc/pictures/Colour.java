package org.deepliftc.pictures;

/**
 * An opaque sRGB colour.
 *
 * @param rgb red, green and blue in eight bits each, 0xRRGGBB
 */
public record Colour(int rgb) {
    public static final Colour WHITE = new Colour(0xFFFFFF);
    public static final Colour INK = new Colour(0x1A1A1A);
    public static final Colour GREY = new Colour(0x5F6368);
    public static final Colour RULE = new Colour(0xBDC1C6);
    public static final Colour POSITIVE = new Colour(0xB83A3F);
    public static final Colour NEGATIVE = new Colour(0x2C6DB0);

    /** @throws IllegalArgumentException if {@code rgb} has bits above the lowest 24 */
    public Colour {
        if (rgb >>> 24 != 0) {
            throw new IllegalArgumentException("a colour is 0xRRGGBB, but got 0x" + Integer.toHexString(rgb));
        }
    }

    /** Reads {@code #RRGGBB}. */
    public static Colour of(String hex) {
        if (!hex.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("a colour is written #RRGGBB, but got '" + hex + "'");
        }
        return new Colour(Integer.parseInt(hex.substring(1), 16));
    }

    /** This colour as lower-case {@code #rrggbb}. */
    public String hex() {
        return "#" + Integer.toHexString(0x1000000 | rgb).substring(1);
    }

    /** Mixes this colour with white; 0 leaves it, 1 gives white. */
    public Colour lighten(double amount) {
        Checks.fraction("amount", amount);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int channel = rgb >> shift & 0xFF;
            mixed |= (int) Math.round(channel + (255 - channel) * amount) << shift;
        }
        return new Colour(mixed);
    }
}
