package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {
    @Test
    void heatMapColoursEachCellBySignAndMagnitude() throws Exception {
        Picture picture =
                HeatMap.builder().panel("p", new double[][] {{1, -1}, {0, 0.5}}).build();
        Cells cells = Scenes.shapes(picture, Cells.class).findFirst().orElseThrow();
        BufferedImage image = Scenes.paint(picture);
        int left = (int) cells.x() + 50;
        int top = (int) cells.y() + 50;
        assertThat(image.getRGB(left, top) & 0xFFFFFF).isEqualTo(DivergingColours.rgb(1));
        assertThat(image.getRGB(left + 100, top) & 0xFFFFFF).isEqualTo(DivergingColours.rgb(-1));
        assertThat(image.getRGB(left, top + 100) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(image.getRGB(left + 100, top + 100) & 0xFFFFFF).isEqualTo(DivergingColours.rgb(0.5));
    }

    @Test
    void equalMagnitudesAreEquallyDark() {
        for (double value = 0; value <= 1; value += 0.01) {
            assertThat(lightness(DivergingColours.rgb(value)))
                    .isCloseTo(lightness(DivergingColours.rgb(-value)), within(0.03));
        }
        assertThat(DivergingColours.rgb(0)).isEqualTo(0xFFFFFF);
        assertThat(lightness(DivergingColours.rgb(1))).isLessThan(0.45);
    }

    /** OKLab lightness, by its published forward matrices. */
    private static double lightness(int rgb) {
        double red = linear(rgb >> 16);
        double green = linear(rgb >> 8 & 0xFF);
        double blue = linear(rgb & 0xFF);
        return 0.2104542553 * Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
                + 0.7936177850 * Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
                - 0.0040720468 * Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    }

    private static double linear(int channel) {
        double encoded = channel / 255.0;
        return encoded <= 0.04045 ? encoded / 12.92 : Math.pow((encoded + 0.055) / 1.055, 2.4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 2e-9, 0.3, 7, 123456, 1.7e308})
    void heatMapsOfEveryMagnitudeAreLegible(double magnitude) throws Exception {
        for (HeatMap.Scale scale : HeatMap.Scale.values()) {
            HeatMap.Builder page =
                    HeatMap.builder().heading("h").footnote("f").scale(scale).columns(2);
            for (int i = 0; i < 3; i++) {
                page.panel(
                        "panel with a rather long title " + i,
                        i == 1 ? "" : "output 8.3775, reference 1.25",
                        new double[][] {{magnitude, -magnitude, 0}});
            }
            Scenes.assertLegible(page.build());
            Scenes.parse(page.build());
        }
    }

    @Test
    void heatMapRefusesWhatIsNoImage() {
        HeatMap.Builder page = HeatMap.builder();
        assertThatThrownBy(page::build).hasMessageContaining("at least one image");
        assertThatThrownBy(() -> page.panel("p", new double[0][0])).hasMessageContaining("is empty");
        assertThatThrownBy(() -> page.panel("p", new double[][] {{1, 2}, {3}})).hasMessageContaining("ragged");
        assertThatThrownBy(() -> page.panel("p", new double[][] {{1}, {Double.NaN}}))
                .hasMessageContaining("'p', row 1, holds NaN at index 0");
        assertThatThrownBy(() -> page.panel("p", new double[20_000][1])).hasMessageContaining("20000 by 1");
    }

    private static final List<String> NAMES = List.of("age", "income", "debt", "rooms");

    @Test
    void barsAreSortedAndTheRestIsSummed() {
        Picture picture = BarChart.builder()
                .top(2)
                .example("e", "p = 0.8", NAMES, List.of("33", "1e5", "0", "4"), new double[] {0.1, -3, 0.25, 2})
                .build();
        assertThat(Scenes.texts(picture))
                .containsSubsequence(
                        "\u22123.00", "income = 1e5", "2.00", "rooms = 4", "0.35", "Sum of 2 other features");
        Scenes.assertLegible(picture);
    }

    @Test
    void barsPointTheirWayInTheirColour() {
        Picture picture = BarChart.builder()
                .example("e", NAMES, new double[] {1, -2, 0, 4})
                .build();
        List<Rect> bars = Scenes.shapes(picture, Rect.class).toList();
        assertThat(bars)
                .extracting(bar -> bar.style().fill().orElseThrow())
                .containsExactly(Colour.POSITIVE, Colour.NEGATIVE, Colour.POSITIVE, Colour.POSITIVE);
        assertThat(bars.get(0).width()).isCloseTo(4 * bars.get(2).width(), within(1e-9));
        assertThat(bars.get(0).x())
                .as("both start at zero")
                .isCloseTo(bars.get(2).x(), within(1e-9));
        assertThat(bars.get(1).x() + bars.get(1).width()).isCloseTo(bars.get(0).x(), within(1e-9));
    }

    @Test
    void aSingleFeatureLeftOverIsShownItself() {
        Picture picture = BarChart.builder()
                .top(3)
                .example("e", NAMES, new double[] {1, 2, 3, 4})
                .build();
        assertThat(Scenes.texts(picture)).contains("age").noneMatch(text -> text.contains("other"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 2e-9, 0.3, 7, 123456, 4e307})
    void barsOfEveryMagnitudeAreLegible(double magnitude) throws Exception {
        List<String> names = IntStream.range(0, 30)
                .mapToObj(i -> "feature <" + i + "> ".repeat(i))
                .toList();
        double[] scores = IntStream.range(0, 30)
                .mapToDouble(i -> i % 3 == 0 ? -magnitude / (i + 1) : magnitude / (i + 1) / 10)
                .toArray();
        Picture picture = BarChart.builder()
                .scale(BarChart.Scale.COMMON)
                .heading("h")
                .footnote("f")
                .example("first", names, scores)
                .example("second", names, scores)
                .build();
        Scenes.assertLegible(picture);
        Scenes.parse(picture);
    }

    @Test
    void barChartRefusesWhatIsNoTable() {
        BarChart.Builder page = BarChart.builder();
        assertThatThrownBy(page::build).hasMessageContaining("at least one example");
        assertThatThrownBy(() -> page.example("e", NAMES, new double[3])).hasMessageContaining("4 feature names and 3");
        assertThatThrownBy(() -> page.example("e", "", NAMES, List.of("1"), new double[4]))
                .hasMessageContaining("1 values");
        assertThatThrownBy(() -> page.example("e", NAMES, new double[] {0, 0, Double.NEGATIVE_INFINITY, 0}))
                .hasMessageContaining("holds -Infinity at index 2");
        assertThatThrownBy(() -> page.top(0)).hasMessageContaining("top must lie between 1 and 1000");
    }
}
