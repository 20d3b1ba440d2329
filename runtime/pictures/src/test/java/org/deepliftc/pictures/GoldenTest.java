package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One small picture of each kind against its checked-in SVG. {@code -Dgolden.accept=true} takes the actual ones, to be
 * looked at before they are committed.
 */
class GoldenTest {
    private static final Path EXPECTED = Path.of("src/test/resources/org/deepliftc/pictures/golden");
    private static final Path ACTUAL = Path.of("target/golden-actual");

    private static Map<String, Picture> pictures() {
        Map<String, Picture> pictures = new TreeMap<>();
        pictures.put(
                "logo",
                SequenceLogo.builder()
                        .heading("A site & its <neighbours>")
                        .footnote("contribution to logit, DeepLIFT rescale, reference zeros")
                        .track(Track.of("seq1", "AGATAAGCN", new double[] {0.2, 1.1, 1.3, 1.2, 1.4, 0.8, 0.5, -0.3, 0.1
                                })
                                .detail("p = 0.97")
                                .annotated(List.of(new Annotation(1, 7, "GATA", Colour.of("#7A4DB3")))))
                        .build());
        pictures.put(
                "heat-map",
                HeatMap.builder()
                        .heading("Digit")
                        .footnote("reference black")
                        .panel("8 against 3", new double[][] {{0.1, -0.2, 0}, {0.3, 0, -0.3}})
                        .build());
        pictures.put(
                "panels",
                PanelGrid.builder()
                        .heading("Methods")
                        .footnote("each panel on its own scale")
                        .columns("original", "|gradient|", "DeepLIFT")
                        .row("digit 8", "output 5.1")
                        .image(new double[][] {{0, 0.5, 1}, {1, 0, 0}})
                        .magnitudes(new double[][] {{0.1, -0.2, 0}, {0.3, 0, -0.3}})
                        .scores(new double[][] {{0, 1.5, 2}, {-2, 0, 0}})
                        .build());
        pictures.put(
                "bars",
                BarChart.builder()
                        .top(2)
                        .example(
                                "applicant 1",
                                "p = 0.8",
                                List.of("age", "income", "debt", "rooms"),
                                List.of("33", "1e5", "0", "4"),
                                new double[] {0.1, -3, 0.25, 2})
                        .build());
        pictures.put(
                "graph",
                GraphDiagram.builder()
                        .heading("Residual block")
                        .node("x", NodeKind.INPUT, List.of("x", "4 x 200"))
                        .node("c", NodeKind.AFFINE, List.of("conv1", "20 x 200"))
                        .node("r", NodeKind.NONLINEARITY, List.of("relu"))
                        .node("a", NodeKind.AFFINE, List.of("add"))
                        .node("y", NodeKind.OUTPUT, List.of("y"))
                        .edge("x", "c")
                        .edge("c", "r")
                        .edge("r", "a")
                        .edge("x", "a")
                        .edge("a", "y")
                        .build());
        return pictures;
    }

    @TestFactory
    List<DynamicTest> picturesAreAsCheckedIn() {
        return pictures().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static void check(String name, Picture picture) throws IOException {
        Path expected = EXPECTED.resolve(name + ".svg");
        if (Boolean.getBoolean("golden.accept")) {
            Files.createDirectories(EXPECTED);
            picture.write(expected);
        }
        Files.createDirectories(ACTUAL);
        Path actual = ACTUAL.resolve(name + ".svg");
        picture.write(actual);
        assertThat(Files.readString(actual))
                .as("%s differs from %s", actual, expected)
                .isEqualTo(Files.readString(expected));
    }
}
