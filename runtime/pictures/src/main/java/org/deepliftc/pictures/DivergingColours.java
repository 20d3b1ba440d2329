package org.deepliftc.pictures;

/**
 * Blue, white, red: equal magnitudes of either sign are equally dark, in the perceptual space OKLab, and zero is white.
 */
final class DivergingColours {
    private static final double RED_HUE = Math.toRadians(27);
    private static final double BLUE_HUE = Math.toRadians(260);
    /** Lightness falls evenly from white by this much, to a dark that both hues can reach within sRGB. */
    private static final double DARKENING = 0.6;

    private static final double CHROMA = 0.168;

    private DivergingColours() {}

    /** The colour of a value in [-1, 1], as 0xRRGGBB. */
    static int rgb(double value) {
        double magnitude = Math.min(1, Math.abs(value));
        double lightness = 1 - DARKENING * magnitude;
        double chroma = CHROMA * StrictMath.sin(magnitude * Math.PI / 2);
        double hue = value < 0 ? BLUE_HUE : RED_HUE;
        return fromOklab(lightness, chroma * StrictMath.cos(hue), chroma * StrictMath.sin(hue));
    }

    /** The matrices are Bjorn Ottosson's definition of OKLab. */
    private static int fromOklab(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        int red = channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        int green = channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        int blue = channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
        return red << 16 | green << 8 | blue;
    }

    private static double cube(double value) {
        return value * value * value;
    }

    /** Gamma-encodes linear light into eight bits. */
    private static int channel(double linear) {
        double light = Math.max(0, Math.min(1, linear));
        double encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * StrictMath.pow(light, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * encoded);
    }
}
