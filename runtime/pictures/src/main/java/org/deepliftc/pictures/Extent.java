package org.deepliftc.pictures;

/** The rows of a scene that a shape may touch; never too few. */
record Extent(double top, double bottom) {
    static Extent of(Shape shape) {
        if (shape instanceof Rect rect) {
            return around(rect.y(), rect.y() + rect.height(), rect.style());
        }
        if (shape instanceof Line line) {
            return around(Math.min(line.y1(), line.y2()), Math.max(line.y1(), line.y2()), line.style());
        }
        if (shape instanceof Outline outline) {
            return of(outline);
        }
        if (shape instanceof Cells cells) {
            return new Extent(cells.y(), cells.y() + cells.height());
        }
        if (shape instanceof Text text) {
            double along = TextWidth.of(text.content(), text.size(), text.weight());
            double reach = 2 * text.size() + (text.rotation() == 0 ? 0 : along);
            return new Extent(text.y() - reach, text.y() + reach);
        }
        throw new AssertionError("unknown shape " + shape.getClass());
    }

    boolean touches(double from, double to) {
        return bottom >= from && top <= to;
    }

    /** A curve stays within the hull of its control points. */
    private static Extent of(Outline outline) {
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (Outline.Step step : outline.steps()) {
            if (step instanceof Outline.Move move) {
                top = Math.min(top, move.y());
                bottom = Math.max(bottom, move.y());
            } else if (step instanceof Outline.To to) {
                top = Math.min(top, to.y());
                bottom = Math.max(bottom, to.y());
            } else if (step instanceof Outline.Curve curve) {
                top = Math.min(top, Math.min(curve.y(), Math.min(curve.y1(), curve.y2())));
                bottom = Math.max(bottom, Math.max(curve.y(), Math.max(curve.y1(), curve.y2())));
            }
        }
        return around(top, bottom, outline.style());
    }

    /** Mitres reach up to ten times half the stroke's width beyond the path. */
    private static Extent around(double top, double bottom, Style style) {
        double reach = 5 * style.strokeWidth() + 1;
        return new Extent(top - reach, bottom + reach);
    }
}
