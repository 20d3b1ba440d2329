package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * Contributions over images, as small multiples: red raises the target, blue lowers it, white is zero.
 *
 * <pre>{@code
 * Picture maps = HeatMap.builder().panel("digit 8", scores8).panel("digit 3", scores3).build();
 * }</pre>
 */
public final class HeatMap {
    /** Whether one colour bar serves all panels. */
    public enum Scale {
        COMMON,
        PER_PANEL
    }

    private static final int MOST_CELLS = 2_000_000;
    private static final int MOST_SIDE = 10_000;
    private static final double PANEL_GAP = 18;
    private static final double TITLE_HEIGHT = 20;
    private static final double DETAIL_HEIGHT = 14;
    private static final double BAR_WIDTH = 10;
    private static final int BAR_STEPS = 201;

    private HeatMap() {}

    public static Builder builder() {
        return new Builder();
    }

    private record Panel(String title, String detail, double[][] values) {
        double aspect() {
            return (double) values.length / values[0].length;
        }

        double largest() {
            double largest = 0;
            for (double[] row : values) {
                for (double value : row) {
                    largest = Math.max(largest, Math.abs(value));
                }
            }
            return largest;
        }
    }

    /** Collects what stands on the page; each call returns the same builder. */
    public static final class Builder {
        private String heading = "";
        private String footnote = "";
        private String axis = "Contribution";
        private Scale scale = Scale.COMMON;
        private int columns = 4;
        private int panelWidth = 200;
        private final List<Panel> panels = new ArrayList<>();
        private long cells;

        private Builder() {}

        /** A title above all panels. */
        public Builder heading(String text) {
            heading = text;
            return this;
        }

        /** A line below all panels, such as method and reference. */
        public Builder footnote(String text) {
            footnote = text;
            return this;
        }

        /** What the colours are; "Contribution" unless set. */
        public Builder axis(String text) {
            axis = text;
            return this;
        }

        /** {@link Scale#COMMON} unless set. */
        public Builder scale(Scale choice) {
            scale = choice;
            return this;
        }

        /** The most panels side by side, 1 to 50; 4 unless set. */
        public Builder columns(int count) {
            columns = Checks.between("columns", count, 1, 50);
            return this;
        }

        /** The width of an image on the page in pixels, 40 to 2000; 200 unless set. */
        public Builder panelWidth(int pixels) {
            panelWidth = Checks.between("panel width", pixels, 40, 2000);
            return this;
        }

        /**
         * Adds an image.
         *
         * @param contributions [height][width], copied
         * @throws IllegalArgumentException if it is empty, ragged, too large or holds NaN or an infinity
         */
        public Builder panel(String title, double[][] contributions) {
            return panel(title, "", contributions);
        }

        /** Adds an image with a line of details below its title, such as the prediction. */
        public Builder panel(String title, String detail, double[][] contributions) {
            String what = "heat map '" + Text.clean(title) + "'";
            int height = contributions.length;
            int width = height == 0 ? 0 : contributions[0].length;
            cells += (long) height * width;
            if (height > MOST_SIDE || width > MOST_SIDE || cells > MOST_CELLS) {
                throw new IllegalArgumentException(what + " has " + height + " by " + width
                        + " values; a page holds sides up to " + MOST_SIDE + " and " + MOST_CELLS
                        + " values in all, so draw fewer or smaller images");
            }
            panels.add(new Panel(title, detail, Checks.matrix(what, contributions)));
            return this;
        }

        /** @throws IllegalArgumentException if there is no panel */
        public Picture build() {
            if (panels.isEmpty()) {
                throw new IllegalArgumentException("a heat map needs at least one image");
            }
            return new Layout(this).draw();
        }
    }

    /** One page being laid out: a grid whose rows are as high as their highest panel. */
    private static final class Layout {
        private final Builder options;
        private final double common;
        private final double barRoom;
        private final double pitch;
        private final double titleHeight;
        private final Page page;
        private final int columns;

        Layout(Builder options) {
            this.options = options;
            this.common =
                    options.panels.stream().mapToDouble(Panel::largest).max().orElse(0);
            this.columns = Math.min(options.columns, options.panels.size());
            double labels = options.panels.stream()
                    .mapToDouble(panel -> barLabelWidth(limit(panel), imageHeight(panel)))
                    .max()
                    .orElse(0);
            this.barRoom = 12 + BAR_WIDTH + 7 + labels + 18;
            boolean detailed = options.panels.stream().anyMatch(panel -> !panel.detail.isEmpty());
            this.titleHeight = TITLE_HEIGHT + (detailed ? DETAIL_HEIGHT : 0);
            boolean shared = options.scale == Scale.COMMON;
            this.pitch = options.panelWidth + PANEL_GAP + (shared ? 0 : barRoom);
            double width = 2 * Page.MARGIN + columns * pitch - PANEL_GAP + (shared ? barRoom : 0);
            this.page = new Page(Math.ceil(Math.max(320, width)));
        }

        Picture draw() {
            page.heading(options.heading);
            for (int first = 0; first < options.panels.size(); first += columns) {
                drawRow(options.panels.subList(first, Math.min(options.panels.size(), first + columns)), first == 0);
            }
            return page.finish(options.footnote);
        }

        private void drawRow(List<Panel> row, boolean isFirst) {
            double top = page.y() + titleHeight;
            double highest = 0;
            for (int i = 0; i < row.size(); i++) {
                Panel panel = row.get(i);
                double x = Page.MARGIN + i * pitch;
                drawPanel(panel, x, top);
                highest = Math.max(highest, imageHeight(panel));
                if (options.scale == Scale.PER_PANEL) {
                    drawBar(limit(panel), x + options.panelWidth + 12, top, imageHeight(panel));
                }
            }
            if (options.scale == Scale.COMMON && isFirst) {
                double x = Page.MARGIN + columns * pitch - PANEL_GAP + 12;
                drawBar(common, x, top, highest);
            }
            page.advance(titleHeight + highest + PANEL_GAP);
        }

        private void drawPanel(Panel panel, double x, double top) {
            String title = TextWidth.fit(panel.title, options.panelWidth, Page.TITLE_SIZE, Text.Weight.BOLD);
            double baseline = top - titleHeight + TITLE_HEIGHT - 7;
            page.add(new Text(title, x, baseline, Page.TITLE_SIZE, Text.Anchor.START, Colour.INK).bold());
            String detail = TextWidth.fit(panel.detail, options.panelWidth, Page.LABEL_SIZE);
            if (!detail.isEmpty()) {
                page.add(new Text(detail, x, top - 6, Page.LABEL_SIZE, Text.Anchor.START, Colour.GREY));
            }
            int rows = panel.values.length;
            int width = panel.values[0].length;
            double limit = limit(panel);
            int[] colours = new int[rows * width];
            for (int i = 0; i < colours.length; i++) {
                double value = panel.values[i / width][i % width];
                colours[i] = DivergingColours.rgb(limit == 0 ? 0 : value / limit);
            }
            double height = imageHeight(panel);
            page.add(new Cells(x, top, options.panelWidth, height, width, colours));
            page.add(new Rect(x, top, options.panelWidth, height, Style.stroke(Colour.RULE, 0.75)));
        }

        private void drawBar(double limit, double x, double top, double fullHeight) {
            double height = Math.min(fullHeight, 260);
            int[] colours = new int[BAR_STEPS];
            for (int i = 0; i < BAR_STEPS; i++) {
                colours[i] = DivergingColours.rgb(1 - 2.0 * i / (BAR_STEPS - 1));
            }
            page.add(new Cells(x, top, BAR_WIDTH, height, 1, colours));
            page.add(new Rect(x, top, BAR_WIDTH, height, Style.stroke(Colour.INK, 0.5)));
            Ticks ticks = barTicks(limit, height);
            double right = x + BAR_WIDTH;
            for (int i = 0; i < ticks.values().size(); i++) {
                double share = limit == 0 ? 0.5 : 0.5 - ticks.values().get(i) / limit / 2;
                double y = top + height * share;
                page.add(new Line(right, y, right + 3.5, y, Style.stroke(Colour.INK, 0.75)));
                page.add(new Text(
                        ticks.labels().get(i), right + 6, y + 3.2, Page.TICK_SIZE, Text.Anchor.START, Colour.INK));
            }
            String label = TextWidth.fit(options.axis, height + 16, Page.LABEL_SIZE);
            double labelX = right + 6 + barLabelWidth(limit, fullHeight) + 14;
            page.add(new Text(label, labelX, top + height / 2, Page.LABEL_SIZE, Text.Anchor.MIDDLE, Colour.INK)
                    .rotated(-90));
        }

        private double limit(Panel panel) {
            return options.scale == Scale.COMMON ? common : panel.largest();
        }

        private static Ticks barTicks(double limit, double height) {
            return Ticks.within(-limit, limit, (int) Math.max(2, height / 24));
        }

        private static double barLabelWidth(double limit, double fullHeight) {
            return barTicks(limit, Math.min(fullHeight, 260)).labels().stream()
                    .mapToDouble(label -> TextWidth.of(label, Page.TICK_SIZE))
                    .max()
                    .orElse(0);
        }

        /** As the image's own proportions, but never so flat or so tall that nothing can be seen. */
        private double imageHeight(Panel panel) {
            return options.panelWidth * Math.max(0.1, Math.min(4, panel.aspect()));
        }
    }
}
