package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of sequence logos: the height of each letter is its contribution; negative ones hang upside-down below the
 * axis.
 *
 * <pre>{@code
 * Picture logo = SequenceLogo.builder()
 *         .heading("GATA1 and TAL1 sites")
 *         .track(Track.of("seq003", bases, contributions).detail("p = 0.97"))
 *         .footnote("contribution to the logit; DeepLIFT rescale, reference zeros")
 *         .build();
 * }</pre>
 */
public final class SequenceLogo {
    /** Whether heights can be compared between tracks. */
    public enum Scale {
        COMMON,
        PER_TRACK
    }

    /** What becomes of sequences longer than a row. */
    public enum LongSequences {
        /** The whole as a profile, and the stretch of greatest total magnitude as letters. */
        WINDOW,
        /** As many rows as it takes. */
        WRAP
    }

    private static final int MOST_LETTERS = 200_000;
    private static final double WIDEST_BASE = 22;
    private static final double NARROWEST_PAGE = 420;
    private static final double TRACK_GAP = 16;

    private SequenceLogo() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Collects what stands on the page; each call returns the same builder. */
    public static final class Builder {
        private String heading = "";
        private String footnote = "";
        private String axis = "Contribution";
        private Scale scale = Scale.PER_TRACK;
        private LongSequences longSequences = LongSequences.WINDOW;
        private int basesPerRow = 200;
        private int width = 1200;
        private int trackHeight = 84;
        private final List<Track> tracks = new ArrayList<>();

        private Builder() {}

        /** A title above all tracks. */
        public Builder heading(String text) {
            heading = text;
            return this;
        }

        /** A line below all tracks, such as method and reference. */
        public Builder footnote(String text) {
            footnote = text;
            return this;
        }

        /** What the heights are; "Contribution" unless set. */
        public Builder axis(String text) {
            axis = text;
            return this;
        }

        /** {@link Scale#PER_TRACK} unless set. */
        public Builder scale(Scale choice) {
            scale = choice;
            return this;
        }

        /** {@link LongSequences#WINDOW} unless set. */
        public Builder longSequences(LongSequences choice) {
            longSequences = choice;
            return this;
        }

        /**
         * The most letters in a row, 10 to 1000; 200 unless set. A sequence up to a quarter longer still gets one row.
         */
        public Builder basesPerRow(int count) {
            basesPerRow = Checks.between("bases per row", count, 10, 1000);
            return this;
        }

        /** The greatest width of the page in pixels, 420 to 10000; 1200 unless set. */
        public Builder width(int pixels) {
            width = Checks.between("width", pixels, (int) NARROWEST_PAGE, 10_000);
            return this;
        }

        /** The height of the letters' plot in pixels, 30 to 1000; 84 unless set. */
        public Builder trackHeight(int pixels) {
            trackHeight = Checks.between("track height", pixels, 30, 1000);
            return this;
        }

        /** Adds a track below those before it. */
        public Builder track(Track track) {
            tracks.add(track);
            return this;
        }

        /** Adds several tracks. */
        public Builder tracks(List<Track> more) {
            tracks.addAll(more);
            return this;
        }

        /** @throws IllegalArgumentException if there is no track, or more letters than a page can hold */
        public Picture build() {
            if (tracks.isEmpty()) {
                throw new IllegalArgumentException("a sequence logo needs at least one sequence");
            }
            return new Layout(this).draw();
        }
    }

    /** A stretch of a track on one row. */
    private record Row(int start, int end) {}

    /** One page being laid out. */
    private static final class Layout {
        private final Builder options;
        private final List<List<Row>> rows = new ArrayList<>();
        private final List<Range> ranges = new ArrayList<>();
        private final double left;
        private final double step;
        private final Page page;

        Layout(Builder options) {
            this.options = options;
            long letters = 0;
            int longest = 1;
            for (Track track : options.tracks) {
                List<Row> parts = rows(track);
                rows.add(parts);
                ranges.add(range(track, parts));
                for (Row row : parts) {
                    letters += (long) (row.end - row.start) * track.layers();
                    longest = Math.max(longest, row.end - row.start);
                }
            }
            if (letters > MOST_LETTERS) {
                throw new IllegalArgumentException("the page would hold " + letters + " letters, and at most "
                        + MOST_LETTERS + " are drawn; choose fewer sequences, or windows instead of wrapped rows");
            }
            shareRange();
            left = Page.MARGIN + 18 + labelWidth() + 14;
            step = Math.min(WIDEST_BASE, (options.width - left - Page.MARGIN) / longest);
            page = new Page(Math.max(NARROWEST_PAGE, Math.ceil(left + longest * step + Page.MARGIN)));
        }

        Picture draw() {
            page.heading(options.heading);
            for (int i = 0; i < options.tracks.size(); i++) {
                drawTrack(options.tracks.get(i), rows.get(i), ranges.get(i));
                page.advance(i + 1 < options.tracks.size() ? TRACK_GAP : 8);
            }
            return page.finish(options.footnote);
        }

        private void drawTrack(Track track, List<Row> parts, Range range) {
            page.title(track.name(), track.detail(), Page.MARGIN, page.width() - Page.MARGIN, page.y() + 12);
            page.advance(20);
            if (isWindowed(track)) {
                Row window = parts.get(0);
                double width = (window.end - window.start) * step;
                LogoOverview.draw(page, track, window.start, window.end, left, width);
            }
            for (Row row : parts) {
                new LogoPlot(page, track, row.start, row.end, range, left, step, options.trackHeight).draw();
                double middle = page.y() - 18 - options.trackHeight / 2.0;
                String label = TextWidth.fit(options.axis, options.trackHeight + 16, Page.LABEL_SIZE);
                page.add(new Text(label, Page.MARGIN + 8, middle, Page.LABEL_SIZE, Text.Anchor.MIDDLE, Colour.INK)
                        .rotated(-90));
                page.advance(parts.size() > 1 ? 6 : 0);
            }
        }

        private boolean fitsOneRow(Track track) {
            return track.length() <= options.basesPerRow * 5 / 4;
        }

        private boolean isWindowed(Track track) {
            return !fitsOneRow(track) && options.longSequences == LongSequences.WINDOW;
        }

        private List<Row> rows(Track track) {
            if (fitsOneRow(track)) {
                return List.of(new Row(0, track.length()));
            }
            if (options.longSequences == LongSequences.WINDOW) {
                int start = strongestWindow(track, options.basesPerRow);
                return List.of(new Row(start, start + options.basesPerRow));
            }
            List<Row> wrapped = new ArrayList<>();
            for (int start = 0; start < track.length(); start += options.basesPerRow) {
                wrapped.add(new Row(start, Math.min(track.length(), start + options.basesPerRow)));
            }
            return wrapped;
        }

        private static Range range(Track track, List<Row> parts) {
            return parts.stream()
                    .map(row -> track.range(row.start, row.end))
                    .reduce(Range::and)
                    .orElseThrow();
        }

        private void shareRange() {
            if (options.scale == Scale.COMMON) {
                Range common = ranges.stream().reduce(Range::and).orElseThrow();
                ranges.replaceAll(own -> common);
            }
        }

        private double labelWidth() {
            double ticks = ranges.stream()
                    .mapToDouble(range -> AxisRuler.labelWidth(range, options.trackHeight))
                    .max()
                    .orElse(0);
            double lengths = options.tracks.stream()
                    .filter(this::isWindowed)
                    .mapToDouble(track -> TextWidth.of(AxisRuler.position(track.length()) + " bp", Page.TICK_SIZE) - 14)
                    .max()
                    .orElse(0);
            return Math.max(ticks, lengths);
        }
    }

    /** The start of the window with the greatest sum of magnitudes; the leftmost of equals. */
    static int strongestWindow(Track track, int width) {
        Range range = track.range(0, track.length());
        double unit = range.isFlat() ? 1 : Math.max(range.high(), -range.low());
        double[] before = new double[track.length() + 1];
        for (int i = 0; i < track.length(); i++) {
            before[i + 1] = before[i] + track.top(i) / unit - track.bottom(i) / unit;
        }
        int best = 0;
        double bestSum = before[width] - before[0];
        for (int start = 1; start + width <= track.length(); start++) {
            double sum = before[start + width] - before[start];
            // A margin, so that rounding in the running sums does not prefer one of two equal windows.
            if (sum > bestSum * (1 + 1e-9) + 1e-12) {
                best = start;
                bestSum = sum;
            }
        }
        return best;
    }
}
