package org.deepliftc.pictures;

import java.util.Optional;

/**
 * How a shape is painted: fill first, then stroke.
 *
 * @param fill colour of the inside (even-odd rule); empty for none
 * @param stroke colour of the outline; empty for none
 * @param strokeWidth width of the outline in pixels
 * @param opacity 0 (invisible) to 1, applied to fill and stroke
 */
public record Style(Optional<Colour> fill, Optional<Colour> stroke, double strokeWidth, double opacity) {
    public Style {
        Checks.length("stroke width", strokeWidth);
        Checks.fraction("opacity", opacity);
    }

    /** Filled, without outline. */
    public static Style fill(Colour colour) {
        return new Style(Optional.of(colour), Optional.empty(), 0, 1);
    }

    /** Outlined, without filling. */
    public static Style stroke(Colour colour, double width) {
        return new Style(Optional.empty(), Optional.of(colour), width, 1);
    }

    /** The same with an outline added. */
    public Style outlined(Colour colour, double width) {
        return new Style(fill, Optional.of(colour), width, opacity);
    }

    /** The same, see-through. */
    public Style opacity(double value) {
        return new Style(fill, stroke, strokeWidth, value);
    }
}
