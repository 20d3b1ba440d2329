package org.deepliftc.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deepliftc.cli.input.ImageLayout;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.input.SequenceLayout;
import org.deepliftc.cli.input.Site;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.pictures.Annotation;
import org.deepliftc.pictures.BarChart;
import org.deepliftc.pictures.HeatMap;
import org.deepliftc.pictures.Picture;
import org.deepliftc.pictures.SequenceLogo;
import org.deepliftc.pictures.Track;

/** Draws contributions as the data suggest: logos of sequences, heat maps over images, bars of tables. */
public final class ContributionPicture {
    private final Explanation run;
    private final int input;
    private final int examples;

    /** A picture of the first {@code most} examples. */
    public ContributionPicture(Explanation run, int most) {
        this.run = run;
        this.examples = Math.min(most, run.examples().count());
        this.input = mostTelling();
    }

    /** The input drawn: the first sequence, else the first image, else the first of all. */
    public int input() {
        return input;
    }

    /** How many examples are drawn. */
    public int examples() {
        return examples;
    }

    /** The layout of the input drawn, where it is a sequence: one-hot by declaration or by its values. */
    public Optional<SequenceLayout> sequence() {
        return sequence(input);
    }

    /** Draws it. */
    public Picture draw() {
        InputDeclaration declared = run.inputs().get(input);
        Optional<SequenceLayout> layout = sequence();
        if (layout.isPresent()) {
            return logo(layout.get());
        }
        return ImageLayout.of(declared.shape().dims()).map(this::heatMap).orElseGet(() -> bars(declared));
    }

    private Picture logo(SequenceLayout layout) {
        List<Track> tracks = new ArrayList<>();
        for (int example = 0; example < examples; example++) {
            int row = example * 4 * layout.length();
            double[][] bases = layout.rows(run.examples().arrays()[input], row);
            List<Annotation> marks = new ArrayList<>();
            for (Site site : run.examples().sites(input, example, layout.length())) {
                marks.add(new Annotation(site.start(), site.end(), site.label()));
            }
            for (int target = 0; target < run.targets(); target++) {
                double[][] scores = layout.rows(run.contributions().get(input), run.offset(input, example, target));
                tracks.add(Track.ofOneHot(run.title(example, target), bases, scores)
                        .detail(run.detail(example, target))
                        .annotated(marks));
            }
        }
        return SequenceLogo.builder().tracks(tracks).footnote(run.about()).build();
    }

    private Picture heatMap(ImageLayout layout) {
        HeatMap.Builder maps = HeatMap.builder().footnote(run.about());
        for (int example = 0; example < examples; example++) {
            for (int target = 0; target < run.targets(); target++) {
                maps.panel(
                        run.title(example, target),
                        run.detail(example, target),
                        layout.summed(run.contributions(input, example, target)));
            }
        }
        return maps.build();
    }

    private Picture bars(InputDeclaration declared) {
        List<String> columns = run.examples().columns().get(input);
        int size = declared.shape().size();
        List<String> names = columns.isEmpty()
                ? IntStream.range(0, size)
                        .mapToObj(i -> declared.name() + "[" + i + "]")
                        .toList()
                : columns;
        BarChart.Builder chart = BarChart.builder().footnote(run.about());
        for (int example = 0; example < examples; example++) {
            double[] row = Numbers.slice(run.examples().arrays()[input], example * size, size);
            List<String> values = IntStream.range(0, size)
                    .mapToObj(i -> Decimal.brief(row[i]))
                    .toList();
            for (int target = 0; target < run.targets(); target++) {
                chart.example(
                        run.title(example, target),
                        run.detail(example, target),
                        names,
                        values,
                        run.contributions(input, example, target));
            }
        }
        return chart.build();
    }

    private int mostTelling() {
        for (int i = 0; i < run.inputs().size(); i++) {
            if (sequence(i).isPresent()) {
                return i;
            }
        }
        for (int i = 0; i < run.inputs().size(); i++) {
            if (ImageLayout.of(run.inputs().get(i).shape().dims()).isPresent()) {
                return i;
            }
        }
        return 0;
    }

    private Optional<SequenceLayout> sequence(int candidate) {
        InputDeclaration declared = run.inputs().get(candidate);
        Optional<SequenceLayout> layout = SequenceLayout.of(declared.shape().dims(), declared.onehot());
        if (layout.isEmpty() || declared.onehot().isPresent()) {
            return layout;
        }
        String bases = layout.get().bases(run.examples().arrays()[candidate], 0);
        return layout.filter(
                any -> 2 * bases.chars().filter(base -> base != 'N').count() > bases.length());
    }
}
