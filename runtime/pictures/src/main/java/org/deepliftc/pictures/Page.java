package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/** A page being filled from the top: heading, whatever a chart adds, footnote. */
final class Page {
    static final double MARGIN = 16;
    static final double TITLE_SIZE = 12;
    static final double LABEL_SIZE = 10;
    static final double TICK_SIZE = 9;

    private static final double HEADING_SIZE = 15;
    private static final int MOST_LINES = 4;

    private final double width;
    private final List<Shape> shapes = new ArrayList<>();
    private double y = MARGIN;

    Page(double width) {
        this.width = width;
    }

    double width() {
        return width;
    }

    /** Where the next block begins. */
    double y() {
        return y;
    }

    void advance(double distance) {
        y += distance;
    }

    void add(Shape shape) {
        shapes.add(shape);
    }

    /** Adds the heading, if there is one. */
    void heading(String heading) {
        List<String> lines = TextWidth.wrap(heading, width - 2 * MARGIN, HEADING_SIZE, Text.Weight.BOLD, MOST_LINES);
        for (String line : lines) {
            y += 13;
            add(new Text(line, MARGIN, y, HEADING_SIZE, Text.Anchor.START, Colour.INK).bold());
            y += 6;
        }
        y += lines.isEmpty() ? 0 : 8;
    }

    /** Adds the footnote, if there is one, and closes the page. */
    Picture finish(String footnote) {
        List<String> lines = TextWidth.wrap(footnote, width - 2 * MARGIN, LABEL_SIZE, Text.Weight.REGULAR, MOST_LINES);
        for (String line : lines) {
            y += 12;
            add(new Text(line, MARGIN, y, LABEL_SIZE, Text.Anchor.START, Colour.GREY));
            y += 2;
        }
        return new Picture(width, Math.ceil(y + MARGIN), shapes);
    }

    /**
     * Adds a bold title at the left and grey details at the right of one line, the title first where room is short.
     *
     * @param left left end of the line
     * @param baseline of both
     */
    void title(String title, String detail, double left, double right, double baseline) {
        String shown = TextWidth.fit(title, right - left, TITLE_SIZE, Text.Weight.BOLD);
        add(new Text(shown, left, baseline, TITLE_SIZE, Text.Anchor.START, Colour.INK).bold());
        double room = right - left - TextWidth.of(shown, TITLE_SIZE, Text.Weight.BOLD) - 16;
        String note = room <= 0 ? "" : TextWidth.fit(detail, room, LABEL_SIZE);
        if (!note.isEmpty()) {
            add(new Text(note, right, baseline, LABEL_SIZE, Text.Anchor.END, Colour.GREY));
        }
    }
}
