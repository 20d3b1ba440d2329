package org.deepliftc.pictures;

/** A straight line. */
public record Line(double x1, double y1, double x2, double y2, Style style) implements Shape {
    public Line {
        Checks.coordinate("x1", x1);
        Checks.coordinate("y1", y1);
        Checks.coordinate("x2", x2);
        Checks.coordinate("y2", y2);
    }
}
