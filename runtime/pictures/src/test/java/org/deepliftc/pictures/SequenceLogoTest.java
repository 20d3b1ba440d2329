package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceLogoTest {
    private static Picture logo(Track... tracks) {
        return SequenceLogo.builder().tracks(List.of(tracks)).build();
    }

    private static List<Outline> letters(Picture picture, Glyph glyph) {
        return Scenes.shapes(picture, Outline.class)
                .filter(outline -> outline.style().fill().equals(Optional.of(glyph.colour())))
                .toList();
    }

    private static double[] verticalExtent(Outline letter) {
        double[] ends = letter.steps().stream()
                .flatMap(step -> step instanceof Outline.Move m
                        ? Stream.of(m.y())
                        : step instanceof Outline.To t
                                ? Stream.of(t.y())
                                : step instanceof Outline.Curve c ? Stream.of(c.y()) : Stream.empty())
                .mapToDouble(Double::doubleValue)
                .toArray();
        return new double[] {
            Arrays.stream(ends).min().orElseThrow(), Arrays.stream(ends).max().orElseThrow()
        };
    }

    @Test
    void heightsAreProportionalAndNegativeLettersHang() {
        Picture picture = logo(Track.of("s", "ACT", new double[] {2, 1, -1}));
        double[] a = verticalExtent(letters(picture, Glyph.A).get(0));
        double[] c = verticalExtent(letters(picture, Glyph.C).get(0));
        double[] t = verticalExtent(letters(picture, Glyph.T).get(0));
        assertThat(a[1] - a[0]).isCloseTo(2 * (c[1] - c[0]), within(1e-9));
        assertThat(a[1]).as("A stands on the zero line").isCloseTo(c[1], within(1e-9));
        assertThat(t[0]).as("T hangs from the zero line").isCloseTo(a[1], within(1e-9));
        assertThat(t[1] - t[0]).isCloseTo(c[1] - c[0], within(1e-9));
    }

    @Test
    void theHypotheticalOneStacksSmallToLarge() {
        Picture picture = logo(Track.stacked("h", new double[][] {{3}, {1}, {-2}, {-1}}));
        double[] a = verticalExtent(letters(picture, Glyph.A).get(0));
        double[] c = verticalExtent(letters(picture, Glyph.C).get(0));
        double[] g = verticalExtent(letters(picture, Glyph.G).get(0));
        double[] t = verticalExtent(letters(picture, Glyph.T).get(0));
        assertThat(a[1]).as("A on top of C").isCloseTo(c[0], within(1e-9));
        assertThat(t[0]).as("T below the axis").isCloseTo(c[1], within(1e-9));
        assertThat(g[0]).as("G below T").isCloseTo(t[1], within(1e-9));
    }

    @Test
    void oneHotInputSumsChannelsAndMarksUnknownBases() {
        double[][] oneHot = {{1, 0, 0.5}, {0, 0, 0.5}, {0, 0, 0}, {0, 0, 0}};
        double[][] scores = {{0.5, 0, 1}, {0.25, 0, 1}, {0, 0.5, 0}, {0, 0, 0}};
        Track track = Track.ofOneHot("s", oneHot, scores);
        assertThat(List.of(track.letter(0, 0), track.letter(0, 1), track.letter(0, 2)))
                .containsExactly(Glyph.A, Glyph.N, Glyph.N);
        assertThat(IntStream.range(0, 3).mapToDouble(track::top)).containsExactly(0.75, 0.5, 2.0);
    }

    @Test
    void aCommonScaleMakesTracksComparable() {
        Track small = Track.of("small", "A", new double[] {1});
        Track large = Track.of("large", "A", new double[] {4});
        Picture common = SequenceLogo.builder()
                .scale(SequenceLogo.Scale.COMMON)
                .track(small)
                .track(large)
                .build();
        double[] heights = letters(common, Glyph.A).stream()
                .mapToDouble(letter -> verticalExtent(letter)[1] - verticalExtent(letter)[0])
                .toArray();
        assertThat(heights[1]).isCloseTo(4 * heights[0], within(1e-9));
        double[] own = letters(logo(small, large), Glyph.A).stream()
                .mapToDouble(letter -> verticalExtent(letter)[1] - verticalExtent(letter)[0])
                .toArray();
        assertThat(own[1]).isCloseTo(own[0], within(1e-9));
    }

    @Test
    void longSequencesShowTheStrongestWindow() {
        double[] scores = new double[2114];
        Arrays.fill(scores, 0.001);
        Arrays.fill(scores, 1500, 1700, -0.5);
        Track track = Track.of("peak", "ACGT".repeat(528) + "AC", scores);
        assertThat(SequenceLogo.strongestWindow(track, 200)).isEqualTo(1500);
        Picture window = logo(track);
        assertThat(Scenes.texts(window)).contains("2114 bp", "1500", "1690").doesNotContain("0 bp", "1400", "1710");
        Scenes.assertLegible(window);
        Picture wrapped = SequenceLogo.builder()
                .longSequences(SequenceLogo.LongSequences.WRAP)
                .track(track)
                .build();
        assertThat(Scenes.texts(wrapped)).contains("0", "1400", "2110");
        Scenes.assertLegible(wrapped);
    }

    @Test
    void equalWindowsGiveTheFirst() {
        Track even = Track.of("even", "A".repeat(1000), new double[1000]);
        assertThat(SequenceLogo.strongestWindow(even, 200)).isZero();
    }

    @Test
    void recoveredSitesStandUnderTheirBrackets() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                SequenceLogoTest.class.getResourceAsStream("sites.tsv"), StandardCharsets.UTF_8))) {
            SequenceLogo.Builder page =
                    SequenceLogo.builder().heading("GATA and CAGATG").footnote("logit; zeros");
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> page.track(siteTrack(line)));
            Picture picture = page.build();
            Scenes.assertLegible(picture);
            assertThat(Scenes.texts(picture).stream().filter("GATA"::equals)).hasSize(3);
            Rect site = Scenes.shapes(picture, Rect.class).findFirst().orElseThrow();
            BufferedImage image = Scenes.paint(picture);
            long greens = IntStream.range((int) site.x(), (int) (site.x() + site.width()))
                    .filter(x -> IntStream.range((int) site.y(), (int) (site.y() + site.height() / 2))
                            .anyMatch(y -> image.getRGB(x, y) == 0xFF109648))
                    .count();
            assertThat(greens)
                    .as("columns with tall green A in GATA of the first sequence")
                    .isGreaterThan(4);
        }
    }

    private static Track siteTrack(String line) {
        String[] fields = line.split("\t");
        double[] scores = Arrays.stream(fields[4].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        List<Annotation> sites = Arrays.stream(fields[2].split(";"))
                .map(site -> site.split("[:-]"))
                .sorted((a, b) -> b[0].compareTo(a[0]))
                .map(site -> new Annotation(Long.parseLong(site[1]), Long.parseLong(site[2]), site[0]))
                .toList();
        return Track.of(fields[0], fields[3], scores).detail("p = " + fields[1]).annotated(sites);
    }

    @Test
    void crowdedAnnotationsMoveToLanesOfTheirOwn() {
        Random random = new Random(7);
        List<Annotation> sites = IntStream.range(0, 40)
                .mapToObj(i -> new Annotation(random.nextInt(190), 191 + random.nextInt(30), "motif number " + i))
                .toList();
        Picture picture = logo(Track.of("s", "ACGT".repeat(50), new double[200]).annotated(sites));
        assertThat(Scenes.texts(picture)).contains("motif number 0", "motif number 39");
        Scenes.assertLegible(picture);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, Double.MIN_VALUE, 1e-300, 3e-7, 12345, 1e12, 1.5e308})
    void everyMagnitudeGivesALegiblePicture(double magnitude) throws Exception {
        Picture picture = logo(Track.of("s", "ACGT", new double[] {magnitude, -magnitude, magnitude / 3, 0}));
        Scenes.assertLegible(picture);
        Scenes.parse(picture);
        Scenes.paint(picture);
    }

    @Test
    void longNamesAreShortened() {
        String name = "<b>chromosome & 'scaffold' ".repeat(60);
        Picture picture = SequenceLogo.builder()
                .heading(name)
                .footnote(name)
                .axis(name)
                .track(Track.of(name, "A", new double[] {1}).detail(name))
                .build();
        Scenes.assertLegible(picture);
        assertThat(Scenes.texts(picture)).anyMatch(text -> text.endsWith("\u2026"));
    }

    @Test
    void genomicPositionsLabelTheRuler() {
        Picture picture = logo(Track.of("s", "ACGT".repeat(25), new double[100])
                .from(1_234_500)
                .annotated(List.of(new Annotation(1_234_510, 1_234_516, "site"))));
        assertThat(Scenes.texts(picture)).contains("1,234,500", "site");
        Scenes.assertLegible(picture);
    }

    @Test
    void refusesWhatIsNoExplanation() {
        assertThatThrownBy(() -> Track.of("s", "AC", new double[] {1, Double.NaN}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contributions of 's' holds NaN at index 1");
        assertThatThrownBy(() -> Track.stacked("s", new double[][] {{1}, {Double.POSITIVE_INFINITY}, {0}, {0}}))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> Track.stacked("s", new double[][] {{1e308}, {1e308}, {0}, {0}}))
                .hasMessageContaining("too large to add up");
        assertThatThrownBy(() -> Track.of("s", "ACG", new double[] {1})).hasMessageContaining("3 bases but 1");
        assertThatThrownBy(() -> Track.of("s", "", new double[0])).hasMessageContaining("0 bases");
        assertThatThrownBy(() -> Track.stacked("s", new double[3][5])).hasMessageContaining("4 rows A, C, G, T");
        assertThatThrownBy(() -> Track.ofOneHot("s", new double[4][5], new double[4][6]))
                .hasMessageContaining("5 positions but contributions for 6");
        assertThatThrownBy(() -> SequenceLogo.builder().build()).hasMessageContaining("at least one sequence");
        assertThatThrownBy(() -> new Annotation(5, 5, "x")).hasMessageContaining("empty");
        Track track = Track.of("s", "AC", new double[2]);
        assertThatThrownBy(() -> track.annotated(List.of(new Annotation(2, 9, "late"))))
                .hasMessageContaining("'late' at 2 to 9 lies outside");
        Track huge = Track.of("s", "A".repeat(300_000), new double[300_000]);
        assertThatThrownBy(() -> SequenceLogo.builder()
                        .longSequences(SequenceLogo.LongSequences.WRAP)
                        .track(huge)
                        .build())
                .hasMessageContaining("300000 letters");
        Scenes.assertLegible(logo(huge));
    }
}
