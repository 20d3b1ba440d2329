package org.deepliftc.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.cli.input.SequenceLayout;
import org.deepliftc.cli.input.Site;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.TextTable;

/** The stretches of each sequence that speak most for the target. */
public final class TopSites {

    /** A window of a sequence with the sum of its contributions. */
    record Window(int start, int end, double score) {}

    private TopSites() {}

    /**
     * The {@code most} windows of highest sum that do not overlap, best first; the leftmost of equals.
     *
     * @param heights the contribution of each position
     */
    static List<Window> best(double[] heights, int width, int most) {
        int span = Math.min(width, heights.length);
        List<Window> windows = new ArrayList<>();
        double[] before = new double[heights.length + 1];
        for (int i = 0; i < heights.length; i++) {
            before[i + 1] = before[i] + heights[i];
        }
        for (int start = 0; start + span <= heights.length; start++) {
            windows.add(new Window(start, start + span, before[start + span] - before[start]));
        }
        windows.sort((a, b) -> Double.compare(b.score, a.score));
        List<Window> chosen = new ArrayList<>();
        for (Window window : windows) {
            if (chosen.size() == most) {
                break;
            }
            if (chosen.stream().allMatch(other -> other.end <= window.start || window.end <= other.start)) {
                chosen.add(window);
            }
        }
        return chosen;
    }

    /**
     * Prints the best windows of the first {@code examples} sequences of input {@code input}.
     *
     * @param width bases in a window
     * @param most windows of each sequence
     */
    public static void print(
            Console console, Explanation run, int input, SequenceLayout layout, int width, int most, int examples) {
        boolean annotated = !run.examples().headers().get(input).isEmpty();
        TextTable table = annotated
                ? new TextTable("sequence", "output", "start", "end", "bases", "score", "annotated site")
                : new TextTable("sequence", "output", "start", "end", "bases", "score");
        for (int example = 0; example < Math.min(examples, run.examples().count()); example++) {
            List<Site> sites = run.examples().sites(input, example, layout.length());
            int row = example * layout.length() * 4;
            String bases = layout.bases(run.examples().arrays()[input], row);
            for (int target = 0; target < run.targets(); target++) {
                double[] heights = heights(run, input, layout, example, target);
                for (Window window : best(heights, width, most)) {
                    List<Object> cells = new ArrayList<>(List.of(
                            run.title(example, target),
                            Decimal.shortest(run.output(example, target)),
                            window.start,
                            window.end,
                            bases.substring(window.start, window.end),
                            Decimal.shortest(window.score)));
                    if (annotated) {
                        cells.add(matching(sites, window));
                    }
                    table.row(cells.toArray());
                }
            }
        }
        table.print(console.out());
    }

    /** The contribution of each position: the sum over the four bases. */
    static double[] heights(Explanation run, int input, SequenceLayout layout, int example, int target) {
        double[] heights = new double[layout.length()];
        double[][] rows = layout.rows(run.contributions().get(input), run.offset(input, example, target));
        for (double[] row : rows) {
            for (int position = 0; position < heights.length; position++) {
                heights[position] += row[position];
            }
        }
        return heights;
    }

    private static String matching(List<Site> sites, Window window) {
        if (sites.isEmpty()) {
            return "none annotated";
        }
        String names = sites.stream()
                .filter(site -> site.matches(window.start, window.end))
                .map(site -> site.label() + ":" + site.start() + "-" + site.end())
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? "no" : names;
    }
}
