package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * Small images in rows and columns, such as an input beside what several methods say of it. Each panel has its own
 * scale, for methods measure in different units; what its darkest colour stands for is written below it.
 *
 * <pre>{@code
 * Picture page = PanelGrid.builder()
 *         .columns("original", "|gradient|", "positive DeepLIFT")
 *         .row("digit 8", "output 5.1")
 *         .image(pixels)
 *         .magnitudes(gradients)
 *         .scores(contributions)
 *         .build();
 * }</pre>
 */
public final class PanelGrid {
    private static final int MOST_PANELS = 2_000;
    private static final int MOST_TITLE_LINES = 3;
    private static final double GAP = 16;
    private static final double CAPTION_HEIGHT = 14;
    private static final double MOST_LABEL_WIDTH = 170;
    private static final double LINE = 14;

    private PanelGrid() {}

    public static Builder builder() {
        return new Builder();
    }

    private record Row(String title, List<String> details, List<Panel> panels) {}

    /** Collects what stands on the page; each call returns the same builder. */
    public static final class Builder {
        private String heading = "";
        private String footnote = "";
        private int panelWidth = 120;
        private List<String> columns = List.of();
        private final List<Row> rows = new ArrayList<>();
        private int count;

        private Builder() {}

        /** A title above all panels. */
        public Builder heading(String text) {
            heading = text;
            return this;
        }

        /** A line below all panels, such as the target and how panels are scaled. */
        public Builder footnote(String text) {
            footnote = text;
            return this;
        }

        /** The width of a panel on the page in pixels, 40 to 1000; 120 unless set. */
        public Builder panelWidth(int pixels) {
            panelWidth = Checks.between("panel width", pixels, 40, 1000);
            return this;
        }

        /** What stands above the columns; to be called before the first row. */
        public Builder columns(String... titles) {
            columns = List.of(titles);
            Checks.between("columns", columns.size(), 1, 50);
            return this;
        }

        /** Begins a row; its panels follow from left to right. */
        public Builder row(String title, String... details) {
            requireWhole();
            rows.add(new Row(title, List.of(details), new ArrayList<>()));
            return this;
        }

        /**
         * Adds an image as it is seen: light from black to white.
         *
         * @param planes one plane for grey, three for red, green and blue; {@code [height][width]} each, copied
         */
        public Builder image(double[][]... planes) {
            return add(Panel.Kind.IMAGE, planes);
        }

        /** Adds scores of which the size matters, not the sign: white is 0, black the largest. Copied. */
        public Builder magnitudes(double[][] values) {
            return add(Panel.Kind.MAGNITUDE, values);
        }

        /** Adds contributions: white is 0, red raises the target, blue lowers it. Copied. */
        public Builder scores(double[][] values) {
            return add(Panel.Kind.SCORES, values);
        }

        private Builder add(Panel.Kind kind, double[][]... planes) {
            if (rows.isEmpty() || last().panels.size() == columns.size()) {
                throw new IllegalArgumentException(
                        "a panel has no place: " + columns.size() + " columns, begin another row");
            }
            String title = columns.get(last().panels.size());
            Checks.between("panels", ++count, 1, MOST_PANELS);
            last().panels.add(Panel.of(title, kind, planes));
            return this;
        }

        private Row last() {
            return rows.get(rows.size() - 1);
        }

        private void requireWhole() {
            if (!rows.isEmpty() && last().panels.size() != columns.size()) {
                throw new IllegalArgumentException("row '" + Text.clean(last().title) + "' has "
                        + last().panels.size() + " panels for " + columns.size() + " columns");
            }
        }

        /** @throws IllegalArgumentException if there is no row, or the last one lacks panels */
        public Picture build() {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("a grid of panels needs at least one row");
            }
            requireWhole();
            return new Layout(this).draw();
        }
    }

    /** One page being laid out. */
    private static final class Layout {
        private final Builder options;
        private final double left;
        private final double labelRoom;
        private final Page page;

        Layout(Builder options) {
            this.options = options;
            double widest = 0;
            for (Row row : options.rows) {
                widest = Math.max(widest, TextWidth.of(Text.clean(row.title), Page.TITLE_SIZE, Text.Weight.BOLD));
                for (String detail : row.details) {
                    widest = Math.max(widest, TextWidth.of(Text.clean(detail), Page.LABEL_SIZE));
                }
            }
            this.labelRoom = Math.min(MOST_LABEL_WIDTH, widest);
            this.left = Page.MARGIN + labelRoom + (labelRoom == 0 ? 0 : GAP);
            double width = left + options.columns.size() * (options.panelWidth + GAP) - GAP + Page.MARGIN;
            this.page = new Page(Math.ceil(Math.max(320, width)));
        }

        Picture draw() {
            page.heading(options.heading);
            drawColumnTitles();
            for (Row row : options.rows) {
                drawRow(row);
            }
            return page.finish(options.footnote);
        }

        private double x(int column) {
            return left + column * (options.panelWidth + GAP);
        }

        /** Above the panels, the last lines of all titles on one line. */
        private void drawColumnTitles() {
            List<List<String>> titles = options.columns.stream()
                    .map(title -> TextWidth.wrap(
                            title, options.panelWidth, Page.TITLE_SIZE, Text.Weight.BOLD, MOST_TITLE_LINES))
                    .toList();
            int lines = titles.stream().mapToInt(List::size).max().orElse(0);
            for (int column = 0; column < titles.size(); column++) {
                List<String> title = titles.get(column);
                double middle = x(column) + options.panelWidth / 2.0;
                for (int i = 0; i < title.size(); i++) {
                    double baseline = page.y() + LINE * (lines - title.size() + i + 1) - 3;
                    page.add(new Text(title.get(i), middle, baseline, Page.TITLE_SIZE, Text.Anchor.MIDDLE, Colour.INK)
                            .bold());
                }
            }
            page.advance(LINE * lines + 6);
        }

        private void drawRow(Row row) {
            double top = page.y();
            double highest = 0;
            for (int column = 0; column < row.panels.size(); column++) {
                Panel panel = row.panels.get(column);
                drawPanel(panel, x(column), top);
                highest = Math.max(highest, height(panel));
            }
            double labels = drawLabels(row, top, highest);
            page.advance(Math.max(highest + CAPTION_HEIGHT, labels) + GAP / 2);
        }

        private void drawPanel(Panel panel, double x, double top) {
            double height = height(panel);
            page.add(new Cells(x, top, options.panelWidth, height, panel.columns(), panel.colours()));
            page.add(new Rect(x, top, options.panelWidth, height, Style.stroke(Colour.RULE, 0.75)));
            if (panel.kind() != Panel.Kind.IMAGE) {
                String largest = Ticks.label(panel.largest(), panel.largest());
                String caption = TextWidth.fit("largest " + largest, options.panelWidth, Page.TICK_SIZE);
                double middle = x + options.panelWidth / 2.0;
                page.add(new Text(caption, middle, top + height + 11, Page.TICK_SIZE, Text.Anchor.MIDDLE, Colour.GREY));
            }
        }

        /** Title and details of a row, centred on its panels; returns their height. */
        private double drawLabels(Row row, double top, double highest) {
            double height = LINE * (1 + row.details.size());
            double y = top + Math.max(0, (highest - height) / 2) + 11;
            String title = TextWidth.fit(row.title, labelRoom, Page.TITLE_SIZE, Text.Weight.BOLD);
            page.add(new Text(title, Page.MARGIN, y, Page.TITLE_SIZE, Text.Anchor.START, Colour.INK).bold());
            for (String detail : row.details) {
                y += LINE;
                String text = TextWidth.fit(detail, labelRoom, Page.LABEL_SIZE);
                page.add(new Text(text, Page.MARGIN, y, Page.LABEL_SIZE, Text.Anchor.START, Colour.GREY));
            }
            return height;
        }

        /** As the image's own proportions, but never so flat or so tall that nothing can be seen. */
        private double height(Panel panel) {
            double aspect = (double) panel.rows() / panel.columns();
            return options.panelWidth * Math.max(0.1, Math.min(4, aspect));
        }
    }
}
