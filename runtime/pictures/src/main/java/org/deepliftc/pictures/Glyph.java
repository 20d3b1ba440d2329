package org.deepliftc.pictures;

import java.util.List;

/**
 * The letters of sequence logos as outlines that fill the unit square exactly, so that a letter's height is its value
 * and no font is needed.
 */
enum Glyph {
    A(Colour.of("#109648"), a()),
    C(Colour.of("#255C99"), c()),
    G(Colour.of("#F7B32B"), g()),
    T(Colour.of("#D62839"), t()),
    U(Colour.of("#D62839"), u()),
    N(Colour.of("#8A8D91"), n());

    private final Colour colour;
    private final List<Outline.Step> steps;

    Glyph(Colour colour, Outline.Pen pen) {
        this.colour = colour;
        this.steps = pen.steps();
    }

    Colour colour() {
        return colour;
    }

    /** The glyph of a base in either case; N for every other letter of the IUPAC code. */
    static Glyph of(char base) {
        switch (base) {
            case 'A':
            case 'a':
                return A;
            case 'C':
            case 'c':
                return C;
            case 'G':
            case 'g':
                return G;
            case 'T':
            case 't':
                return T;
            case 'U':
            case 'u':
                return U;
            default:
                return N;
        }
    }

    /** This letter filling the box whose upper left corner is (x, y). */
    Outline upright(double x, double y, double width, double height) {
        return place(x, y, width, height);
    }

    /** This letter standing on its head in the same box, as negative contributions are drawn. */
    Outline flipped(double x, double y, double width, double height) {
        return place(x, y + height, width, -height);
    }

    private Outline place(double x, double y, double width, double height) {
        Outline.Pen pen = Outline.pen();
        for (Outline.Step step : steps) {
            if (step instanceof Outline.Move move) {
                pen.move(x + move.x() * width, y + move.y() * height);
            } else if (step instanceof Outline.To to) {
                pen.to(x + to.x() * width, y + to.y() * height);
            } else if (step instanceof Outline.Curve c) {
                pen.curve(
                        x + c.x1() * width, y + c.y1() * height,
                        x + c.x2() * width, y + c.y2() * height,
                        x + c.x() * width, y + c.y() * height);
            } else {
                pen.close();
            }
        }
        return pen.draw(Style.fill(colour));
    }

    private static Outline.Pen a() {
        return Outline.pen()
                .move(0, 1)
                .to(0.385, 0)
                .to(0.615, 0)
                .to(1, 1)
                .to(0.785, 1)
                .to(0.711, 0.79)
                .to(0.289, 0.79)
                .to(0.215, 1)
                .close()
                .move(0.346, 0.63)
                .to(0.654, 0.63)
                .to(0.5, 0.19)
                .close();
    }

    private static Outline.Pen c() {
        Outline.Pen pen = Outline.pen();
        Arc outer = new Arc(0.53, 0.5, 0.53, 0.5);
        Arc inner = new Arc(0.53, 0.5, 0.305, 0.335);
        double tip = outer.angleAtX(1);
        outer.draw(pen, tip, 360 - tip);
        inner.draw(pen, 332, 28);
        return pen.close();
    }

    private static Outline.Pen g() {
        Outline.Pen pen = Outline.pen();
        Arc outer = new Arc(0.53, 0.5, 0.53, 0.5);
        Arc inner = new Arc(0.53, 0.5, 0.305, 0.335);
        double tip = outer.angleAtX(1);
        outer.draw(pen, tip, 360 - tip);
        pen.to(1, 0.47).to(0.56, 0.47).to(0.56, 0.62);
        pen.to(0.79, 0.62);
        inner.draw(pen, 360 - inner.angleAtX(0.79), 28);
        return pen.close();
    }

    private static Outline.Pen t() {
        return Outline.pen()
                .move(0, 0)
                .to(1, 0)
                .to(1, 0.175)
                .to(0.61, 0.175)
                .to(0.61, 1)
                .to(0.39, 1)
                .to(0.39, 0.175)
                .to(0, 0.175)
                .close();
    }

    private static Outline.Pen u() {
        Outline.Pen pen = Outline.pen().move(0, 0);
        new Arc(0.5, 0.62, 0.5, 0.38).draw(pen, 180, 360);
        pen.to(1, 0).to(0.78, 0);
        new Arc(0.5, 0.62, 0.28, 0.21).draw(pen, 360, 180);
        return pen.to(0.22, 0).close();
    }

    private static Outline.Pen n() {
        return Outline.pen()
                .move(0, 1)
                .to(0, 0)
                .to(0.24, 0)
                .to(0.785, 0.66)
                .to(0.785, 0)
                .to(1, 0)
                .to(1, 1)
                .to(0.76, 1)
                .to(0.215, 0.34)
                .to(0.215, 1)
                .close();
    }

    /** An ellipse with its axes upright; angles in degrees, counter-clockwise as seen, 0 on the right. */
    private record Arc(double centreX, double centreY, double radiusX, double radiusY) {
        /** The angle in (0, 90) at which the ellipse reaches x on its right upper side. */
        double angleAtX(double x) {
            return Math.toDegrees(StrictMath.acos((x - centreX) / radiusX));
        }

        /** Draws from one angle to another, a line to its start first, cut at quarters so that extremes are exact. */
        void draw(Outline.Pen pen, double from, double to) {
            pen.to(x(from), y(from));
            double at = from;
            while (at != to) {
                double next = from < to
                        ? Math.min(to, 90 * Math.floor(at / 90 + 1))
                        : Math.max(to, 90 * Math.ceil(at / 90 - 1));
                double reach = 4.0 / 3 * StrictMath.tan(Math.toRadians(next - at) / 4);
                pen.curve(
                        x(at) - reach * radiusX * sine(at),
                        y(at) - reach * radiusY * cosine(at),
                        x(next) + reach * radiusX * sine(next),
                        y(next) + reach * radiusY * cosine(next),
                        x(next),
                        y(next));
                at = next;
            }
        }

        private double x(double angle) {
            return centreX + radiusX * cosine(angle);
        }

        private double y(double angle) {
            return centreY - radiusY * sine(angle);
        }

        /** Exact at quarters, where the bounds of a letter lie. */
        private static double cosine(double angle) {
            return sine(angle + 90);
        }

        private static double sine(double angle) {
            double turned = angle % 360;
            if (turned % 90 == 0) {
                return turned == 90 ? 1 : turned == 270 ? -1 : 0;
            }
            return StrictMath.sin(Math.toRadians(turned));
        }
    }
}
