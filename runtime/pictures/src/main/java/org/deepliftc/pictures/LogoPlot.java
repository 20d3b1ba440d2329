package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One row of letters: annotations above, scale at the left, positions below. */
final class LogoPlot {
    private static final double LANE_HEIGHT = 17;
    private static final double RULER_HEIGHT = 18;
    /** Letters lower than this cannot be seen, however far one zooms in. */
    private static final double LEAST_LETTER = 0.02;
    /** The gap between letters as a share of their width. */
    private static final double GAP = 0.04;

    private final Page page;
    private final Track track;
    private final int start;
    private final int end;
    private final Range range;
    private final double left;
    private final double step;
    private final double height;

    /** Draws positions [start, end) of the track from {@code left} on, {@code step} pixels a base. */
    LogoPlot(Page page, Track track, int start, int end, Range range, double left, double step, double height) {
        this.page = page;
        this.track = track;
        this.start = start;
        this.end = end;
        this.range = range;
        this.left = left;
        this.step = step;
        this.height = height;
    }

    /** Draws at the page's current place and moves it past the row. */
    void draw() {
        List<List<Mark>> lanes = lanes();
        double top = page.y() + lanes.size() * LANE_HEIGHT;
        for (int lane = 0; lane < lanes.size(); lane++) {
            for (Mark mark : lanes.get(lane)) {
                drawMark(mark, top - lane * LANE_HEIGHT, top);
            }
        }
        double zero = top + height * range.above(0);
        page.add(new Line(left, zero, left + (end - start) * step, zero, Style.stroke(Colour.RULE, 0.75)));
        for (int position = start; position < end; position++) {
            drawColumn(position, top);
        }
        AxisRuler.vertical(page, range, left - 4, top, height);
        AxisRuler.positions(page, track.first() + start, end - start, left, top + height + 3, step);
        page.advance(top + height + RULER_HEIGHT - page.y());
    }

    /** Stacks the letters of a position away from the axis; those below it stand on their heads. */
    private void drawColumn(int position, double top) {
        double x = left + (position - start + GAP / 2) * step;
        double width = step * (1 - GAP);
        double up = 0;
        double down = 0;
        for (int layer = 0; layer < track.layers(); layer++) {
            double value = track.height(layer, position);
            double inner = value > 0 ? up : down;
            double outer = inner + value;
            double innerY = top + height * range.above(inner);
            double outerY = top + height * range.above(outer);
            if (Math.abs(outerY - innerY) >= LEAST_LETTER) {
                Glyph letter = track.letter(layer, position);
                page.add(
                        value > 0
                                ? letter.upright(x, outerY, width, innerY - outerY)
                                : letter.flipped(x, innerY, width, outerY - innerY));
            }
            if (value > 0) {
                up = outer;
            } else {
                down = outer;
            }
        }
    }

    /** An annotation placed: its bracket from x1 to x2, its label about a middle. */
    private record Mark(Annotation annotation, double x1, double x2, String label, double middle) {
        double from() {
            return Math.min(x1, middle - labelWidth() / 2);
        }

        double to() {
            return Math.max(x2, middle + labelWidth() / 2);
        }

        private double labelWidth() {
            return TextWidth.of(label, Page.LABEL_SIZE);
        }
    }

    /** Puts each annotation into the lowest lane where it touches no other. */
    private List<List<Mark>> lanes() {
        List<List<Mark>> lanes = new ArrayList<>();
        track.annotations().stream()
                .filter(mark -> mark.end() > track.first() + start && mark.start() < track.first() + end)
                .map(this::place)
                .sorted(Comparator.comparingDouble(Mark::from))
                .forEach(mark -> {
                    for (List<Mark> lane : lanes) {
                        if (lane.get(lane.size() - 1).to() + 6 <= mark.from()) {
                            lane.add(mark);
                            return;
                        }
                    }
                    lanes.add(new ArrayList<>(List.of(mark)));
                });
        return lanes;
    }

    private Mark place(Annotation annotation) {
        double right = left + (end - start) * step;
        double x1 = Math.max(left, left + (annotation.start() - track.first() - start) * step);
        double x2 = Math.min(right, left + (annotation.end() - track.first() - start) * step);
        String label = TextWidth.fit(annotation.label(), right - left, Page.LABEL_SIZE);
        double half = TextWidth.of(label, Page.LABEL_SIZE) / 2;
        double middle = Math.max(left + half, Math.min(right - half, (x1 + x2) / 2));
        return new Mark(annotation, x1, x2, label, middle);
    }

    private void drawMark(Mark mark, double bottom, double plotTop) {
        Colour colour = mark.annotation().colour();
        page.add(new Rect(mark.x1(), plotTop, mark.x2() - mark.x1(), height, Style.fill(colour.lighten(0.9))));
        double y = bottom - 4;
        page.add(Outline.pen()
                .move(mark.x1() + 0.5, y + 3)
                .to(mark.x1() + 0.5, y)
                .to(mark.x2() - 0.5, y)
                .to(mark.x2() - 0.5, y + 3)
                .draw(Style.stroke(colour, 1)));
        page.add(new Text(mark.label(), mark.middle(), y - 3, Page.LABEL_SIZE, Text.Anchor.MIDDLE, colour));
    }
}
