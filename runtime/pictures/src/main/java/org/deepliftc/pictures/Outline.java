package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/** A path of straight and cubic pieces, open or closed; several contours are filled by the even-odd rule. */
public record Outline(List<Step> steps, Style style) implements Shape {
    /** One step of the pen. */
    public sealed interface Step permits Move, To, Curve, Close {}

    /** Lifts the pen to a point. */
    public record Move(double x, double y) implements Step {
        public Move {
            Checks.coordinate("x", x);
            Checks.coordinate("y", y);
        }
    }

    /** Draws straight to a point. */
    public record To(double x, double y) implements Step {
        public To {
            Checks.coordinate("x", x);
            Checks.coordinate("y", y);
        }
    }

    /** Draws a cubic Bezier curve to (x, y) with two control points. */
    public record Curve(double x1, double y1, double x2, double y2, double x, double y) implements Step {
        public Curve {
            Checks.coordinate("x1", x1);
            Checks.coordinate("y1", y1);
            Checks.coordinate("x2", x2);
            Checks.coordinate("y2", y2);
            Checks.coordinate("x", x);
            Checks.coordinate("y", y);
        }
    }

    /** Returns to the start of the contour. */
    public record Close() implements Step {}

    /** @throws IllegalArgumentException if the first step does not set the pen down somewhere */
    public Outline {
        steps = List.copyOf(steps);
        if (steps.isEmpty() || !(steps.get(0) instanceof Move)) {
            throw new IllegalArgumentException("an outline must begin with a move");
        }
    }

    public static Pen pen() {
        return new Pen();
    }

    /** Collects steps; each call returns the same pen. */
    public static final class Pen {
        private final List<Step> steps = new ArrayList<>();

        private Pen() {}

        public Pen move(double x, double y) {
            steps.add(new Move(x, y));
            return this;
        }

        /** Draws straight to a point; the first point of an outline is moved to. */
        public Pen to(double x, double y) {
            steps.add(steps.isEmpty() ? new Move(x, y) : new To(x, y));
            return this;
        }

        public Pen curve(double x1, double y1, double x2, double y2, double x, double y) {
            steps.add(new Curve(x1, y1, x2, y2, x, y));
            return this;
        }

        public Pen close() {
            steps.add(new Close());
            return this;
        }

        public Outline draw(Style style) {
            return new Outline(steps, style);
        }

        List<Step> steps() {
            return List.copyOf(steps);
        }
    }
}
