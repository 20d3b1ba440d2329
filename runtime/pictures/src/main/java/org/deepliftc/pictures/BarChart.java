package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Contributions of named features as horizontal bars, greatest magnitude first: red raises the target, blue lowers it.
 *
 * <pre>{@code
 * Picture bars = BarChart.builder()
 *         .top(10)
 *         .example("applicant 17", "p = 0.83", names, values, contributions)
 *         .build();
 * }</pre>
 */
public final class BarChart {
    /** Whether bars can be compared between examples. */
    public enum Scale {
        COMMON,
        PER_EXAMPLE
    }

    private static final int MOST_BARS = 20_000;
    private static final double ROW_HEIGHT = 19;
    private static final double BAR_HEIGHT = 13;
    private static final double MOST_LABEL_WIDTH = 300;
    private static final double EXAMPLE_GAP = 22;
    private static final double VALUE_SIZE = 9.5;

    private BarChart() {}

    public static Builder builder() {
        return new Builder();
    }

    /** A bar to be drawn. */
    private record Bar(String label, double contribution, String number, boolean isRest) {}

    private record Example(String title, String detail, List<Bar> bars) {
        Range range() {
            return bars.stream()
                    .map(bar -> Range.around(bar.contribution, bar.contribution))
                    .reduce(Range.around(0, 0), Range::and);
        }
    }

    /** Collects what stands on the page; each call returns the same builder. */
    public static final class Builder {
        private String heading = "";
        private String footnote = "";
        private String axis = "Contribution";
        private Scale scale = Scale.PER_EXAMPLE;
        private int top = 12;
        private int width = 720;
        private final List<double[]> contributions = new ArrayList<>();
        private final List<List<String>> labels = new ArrayList<>();
        private final List<String> titles = new ArrayList<>();
        private final List<String> details = new ArrayList<>();

        private Builder() {}

        /** A title above all examples. */
        public Builder heading(String text) {
            heading = text;
            return this;
        }

        /** A line below all examples, such as method and reference. */
        public Builder footnote(String text) {
            footnote = text;
            return this;
        }

        /** What the bars are; "Contribution" unless set. */
        public Builder axis(String text) {
            axis = text;
            return this;
        }

        /** {@link Scale#PER_EXAMPLE} unless set. */
        public Builder scale(Scale choice) {
            scale = choice;
            return this;
        }

        /** How many features get a bar of their own, 1 to 1000; 12 unless set. The others are added into one. */
        public Builder top(int count) {
            top = Checks.between("top", count, 1, 1000);
            return this;
        }

        /** The width of the page in pixels, 480 to 4000; 720 unless set. */
        public Builder width(int pixels) {
            width = Checks.between("width", pixels, 480, 4000);
            return this;
        }

        /**
         * Adds an example.
         *
         * @param detail a remark such as the prediction; may be empty
         * @param names one per feature
         * @param values what each feature is in this example, written "name = value"; empty for none
         * @param contribution one per feature, copied
         * @throws IllegalArgumentException if lengths differ, there is no feature, or a contribution is not finite
         */
        public Builder example(
                String title, String detail, List<String> names, List<String> values, double[] contribution) {
            String what = "example '" + Text.clean(title) + "'";
            if (names.isEmpty() || names.size() != contribution.length) {
                throw new IllegalArgumentException(what + " has " + names.size() + " feature names and "
                        + contribution.length + " contributions; a chart needs as many of both, and at least one");
            }
            if (!values.isEmpty() && values.size() != names.size()) {
                throw new IllegalArgumentException(
                        what + " has " + names.size() + " feature names but " + values.size() + " values");
            }
            contributions.add(
                    Checks.finite("contributions of " + what, contribution).clone());
            labels.add(IntStream.range(0, names.size())
                    .mapToObj(i -> values.isEmpty() ? names.get(i) : names.get(i) + " = " + values.get(i))
                    .toList());
            titles.add(title);
            details.add(detail);
            return this;
        }

        /** Adds an example without values of features. */
        public Builder example(String title, List<String> names, double[] contribution) {
            return example(title, "", names, List.of(), contribution);
        }

        /** @throws IllegalArgumentException if there is no example, or more bars than a page can hold */
        public Picture build() {
            if (titles.isEmpty()) {
                throw new IllegalArgumentException("a bar chart needs at least one example");
            }
            List<Example> examples = new ArrayList<>();
            long bars = 0;
            for (int i = 0; i < titles.size(); i++) {
                List<Bar> chosen = strongest(labels.get(i), contributions.get(i), top, titles.get(i));
                examples.add(new Example(titles.get(i), details.get(i), chosen));
                bars += chosen.size();
            }
            if (bars > MOST_BARS) {
                throw new IllegalArgumentException("the page would hold " + bars + " bars, and at most " + MOST_BARS
                        + " are drawn; choose fewer examples or features");
            }
            return new Layout(this, examples).draw();
        }
    }

    /** The greatest magnitudes in falling order, earlier features first among equals, and the sum of the rest. */
    private static List<Bar> strongest(List<String> labels, double[] contributions, int top, String title) {
        List<Integer> order = IntStream.range(0, contributions.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -Math.abs(contributions[i])))
                .toList();
        // A single feature left over is shown itself: "1 other feature" would take the same room and say less.
        int shown = order.size() <= top + 1 ? order.size() : top;
        List<Bar> bars = new ArrayList<>();
        double largest = Math.abs(contributions[order.get(0)]);
        order.subList(0, shown)
                .forEach(i -> bars.add(
                        new Bar(labels.get(i), contributions[i], Ticks.label(contributions[i], largest), false)));
        if (shown < order.size()) {
            double rest = order.subList(shown, order.size()).stream()
                    .mapToDouble(i -> contributions[i])
                    .sum();
            Checks.finite("the sum of the smaller contributions of '" + Text.clean(title) + "'", new double[] {rest});
            String label = "Sum of " + (order.size() - shown) + " other features";
            bars.add(new Bar(label, rest, Ticks.label(rest, Math.max(largest, Math.abs(rest))), true));
        }
        return bars;
    }

    /** One page being laid out. */
    private static final class Layout {
        private final Builder options;
        private final List<Example> examples;
        private final Page page;
        private final double labelRoom;
        private final double left;
        private final double right;

        Layout(Builder options, List<Example> examples) {
            this.options = options;
            this.examples = examples;
            this.page = new Page(options.width);
            double labels = widest(bar -> true, Bar::label, Page.LABEL_SIZE);
            this.labelRoom = Math.min(labels, Math.min(MOST_LABEL_WIDTH, options.width * 0.45));
            // Numbers stand beyond the ends of bars, so the plot keeps room for one on each side that has bars.
            this.left = Page.MARGIN + labelRoom + 10 + numberRoom(bar -> bar.contribution < 0);
            this.right = options.width - Page.MARGIN - numberRoom(bar -> bar.contribution >= 0);
        }

        Picture draw() {
            page.heading(options.heading);
            Range common =
                    examples.stream().map(Example::range).reduce(Range::and).orElseThrow();
            for (int i = 0; i < examples.size(); i++) {
                Example example = examples.get(i);
                drawExample(example, options.scale == Scale.COMMON ? common : example.range());
                page.advance(i + 1 < examples.size() ? EXAMPLE_GAP : 8);
            }
            return page.finish(options.footnote);
        }

        private void drawExample(Example example, Range range) {
            page.title(example.title, example.detail, Page.MARGIN, page.width() - Page.MARGIN, page.y() + 12);
            page.advance(24);
            double top = page.y();
            double bottom = top + example.bars.size() * ROW_HEIGHT + 4;
            drawScale(range, top, bottom);
            for (int i = 0; i < example.bars.size(); i++) {
                drawBar(example.bars.get(i), range, top + 2 + i * ROW_HEIGHT);
            }
            double zero = x(range, 0);
            page.add(new Line(zero, top, zero, bottom, Style.stroke(Colour.INK, 0.75)));
            page.advance(bottom - top + 30);
        }

        private void drawScale(Range range, double top, double bottom) {
            page.add(new Line(left, bottom, right, bottom, Style.stroke(Colour.INK, 0.75)));
            Ticks ticks = range.ticks((int) Math.max(2, (right - left) / 45));
            for (int i = 0; i < ticks.values().size(); i++) {
                double x = x(range, ticks.values().get(i));
                page.add(new Line(x, top, x, bottom, Style.stroke(new Colour(0xECEEF0), 0.75)));
                page.add(new Line(x, bottom, x, bottom + 4, Style.stroke(Colour.INK, 0.75)));
                page.add(new Text(
                        ticks.labels().get(i), x, bottom + 13, Page.TICK_SIZE, Text.Anchor.MIDDLE, Colour.INK));
            }
            String axis = TextWidth.fit(options.axis, right - left, Page.LABEL_SIZE);
            double middle = (left + right) / 2;
            page.add(new Text(axis, middle, bottom + 27, Page.LABEL_SIZE, Text.Anchor.MIDDLE, Colour.INK));
        }

        private void drawBar(Bar bar, Range range, double top) {
            double zero = x(range, 0);
            double end = x(range, bar.contribution);
            Colour sign = bar.contribution < 0 ? Colour.NEGATIVE : Colour.POSITIVE;
            Colour colour = bar.isRest ? sign.lighten(0.55) : sign;
            double y = top + (ROW_HEIGHT - BAR_HEIGHT) / 2;
            double baseline = top + ROW_HEIGHT / 2 + 3.5;
            page.add(new Rect(Math.min(zero, end), y, Math.abs(end - zero), BAR_HEIGHT, Style.fill(colour)));
            boolean pointsLeft = bar.contribution < 0;
            page.add(new Text(
                    bar.number,
                    end + (pointsLeft ? -4 : 4),
                    baseline,
                    VALUE_SIZE,
                    pointsLeft ? Text.Anchor.END : Text.Anchor.START,
                    Colour.INK));
            double labelRight = Page.MARGIN + labelRoom;
            String label = TextWidth.fit(bar.label, labelRoom, Page.LABEL_SIZE);
            Colour ink = bar.isRest ? Colour.GREY : Colour.INK;
            page.add(new Text(label, labelRight, baseline, Page.LABEL_SIZE, Text.Anchor.END, ink));
        }

        private double x(Range range, double value) {
            return right - (right - left) * range.above(value);
        }

        private double numberRoom(Predicate<Bar> side) {
            double widest = widest(side, Bar::number, VALUE_SIZE);
            return widest == 0 ? 0 : widest + 6;
        }

        private double widest(Predicate<Bar> chosen, Function<Bar, String> text, double size) {
            return examples.stream()
                    .flatMap(example -> example.bars.stream())
                    .filter(chosen)
                    .mapToDouble(bar -> TextWidth.of(text.apply(bar), size))
                    .max()
                    .orElse(0);
        }
    }
}
