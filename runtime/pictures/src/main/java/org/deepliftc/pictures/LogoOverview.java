package org.deepliftc.pictures;

/** The whole of a long sequence as a small profile, with the part enlarged below marked in it. */
final class LogoOverview {
    private static final double HEIGHT = 34;
    private static final double CONNECTOR_HEIGHT = 12;
    private static final double BIN_WIDTH = 1;
    private static final Colour MARK = new Colour(0xDCE6F5);
    private static final Colour PROFILE = new Colour(0x4A4E54);

    private LogoOverview() {}

    /** Draws at the page's current place, as wide as the enlarged row, and moves the page past it. */
    static void draw(Page page, Track track, int start, int end, double left, double width) {
        double top = page.y();
        double bottom = top + HEIGHT;
        double from = left + width * start / track.length();
        double to = left + width * end / track.length();
        page.add(new Rect(from, top, to - from, HEIGHT, Style.fill(MARK)));
        page.add(Outline.pen()
                .move(from, bottom)
                .to(to, bottom)
                .to(left + width, bottom + CONNECTOR_HEIGHT)
                .to(left, bottom + CONNECTOR_HEIGHT)
                .close()
                .draw(Style.fill(MARK).opacity(0.5)));
        Range range = track.range(0, track.length());
        double zero = top + HEIGHT * range.above(0);
        page.add(new Line(left, zero, left + width, zero, Style.stroke(Colour.RULE, 0.75)));
        profile(page, track, range, left, top, width);
        String length = AxisRuler.position(track.length()) + " bp";
        page.add(new Text(length, left - 6, zero + 3, Page.TICK_SIZE, Text.Anchor.END, Colour.GREY));
        page.advance(HEIGHT + CONNECTOR_HEIGHT + 4);
    }

    /** One bar a pixel, from the least to the greatest value among its positions. */
    private static void profile(Page page, Track track, Range range, double left, double top, double width) {
        int bins = (int) Math.min(track.length(), Math.ceil(width / BIN_WIDTH));
        Outline.Pen pen = Outline.pen();
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) track.length() * bin / bins);
            int to = (int) ((long) track.length() * (bin + 1) / bins);
            Range values = track.range(from, to);
            double x1 = left + width * bin / bins;
            double x2 = left + width * (bin + 1) / bins;
            double y1 = top + HEIGHT * range.above(values.high());
            double y2 = top + HEIGHT * range.above(values.low());
            if (y2 - y1 > 0.05) {
                pen.move(x1, y1).to(x2, y1).to(x2, y2).to(x1, y2).close();
            }
        }
        if (!pen.steps().isEmpty()) {
            page.add(pen.draw(Style.fill(PROFILE)));
        }
    }
}
