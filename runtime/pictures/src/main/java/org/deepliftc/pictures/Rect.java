package org.deepliftc.pictures;

/**
 * A rectangle, its corners rounded by {@code radius}.
 *
 * @param x left edge
 * @param y upper edge
 */
public record Rect(double x, double y, double width, double height, double radius, Style style) implements Shape {
    public Rect {
        Checks.coordinate("x", x);
        Checks.coordinate("y", y);
        Checks.length("width", width);
        Checks.length("height", height);
        Checks.length("radius", radius);
    }

    /** A rectangle with sharp corners. */
    public Rect(double x, double y, double width, double height, Style style) {
        this(x, y, width, height, 0, style);
    }
}
