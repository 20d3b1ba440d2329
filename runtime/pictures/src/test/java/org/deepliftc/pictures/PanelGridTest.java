package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelGridTest {
    private static PanelGrid.Builder oneColumn() {
        return PanelGrid.builder().panelWidth(100).columns("c").row("r");
    }

    /** The colours of the four quarters of the only panel. */
    private static List<Integer> quarters(PanelGrid.Builder grid) throws Exception {
        Picture picture = grid.build();
        Cells cells = Scenes.shapes(picture, Cells.class).findFirst().orElseThrow();
        BufferedImage image = Scenes.paint(picture);
        int x = (int) cells.x() + 25;
        int y = (int) cells.y() + 25;
        return List.of(
                image.getRGB(x, y) & 0xFFFFFF,
                image.getRGB(x + 50, y) & 0xFFFFFF,
                image.getRGB(x, y + 50) & 0xFFFFFF,
                image.getRGB(x + 50, y + 50) & 0xFFFFFF);
    }

    @Test
    void lightBetweenZeroAndOneIsShownAsItIs() throws Exception {
        assertThat(quarters(oneColumn().image(new double[][] {{0, 0.2}, {0.4, 0.8}})))
                .containsExactly(0x000000, 0x333333, 0x666666, 0xCCCCCC);
    }

    @Test
    void otherImagesAreStretchedBetweenBlackAndWhite() throws Exception {
        assertThat(quarters(oneColumn().image(new double[][] {{-1, 3}, {0, 1}})))
                .containsExactly(0x000000, 0xFFFFFF, 0x404040, 0x808080);
    }

    @Test
    void threePlanesAreColours() throws Exception {
        double[][] red = {{1, 0}, {0, 1}};
        double[][] green = {{0, 1}, {0, 1}};
        double[][] blue = {{0, 0}, {1, 1}};
        assertThat(quarters(oneColumn().image(red, green, blue)))
                .containsExactly(0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF);
    }

    @Test
    void magnitudesHaveNoSignAndScoresHave() throws Exception {
        double[][] values = {{-2, 2}, {0, 1}};
        assertThat(quarters(oneColumn().magnitudes(values))).containsExactly(0x000000, 0x000000, 0xFFFFFF, 0x808080);
        assertThat(quarters(oneColumn().scores(values)))
                .containsExactly(
                        DivergingColours.rgb(-1), DivergingColours.rgb(1), 0xFFFFFF, DivergingColours.rgb(0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 2e-9, 0.3, 7, 123456, 1.7e308})
    void gridsOfEveryMagnitudeAreLegible(double magnitude) throws Exception {
        double[][] flat = {{magnitude, -magnitude, 0}};
        double[][] square = {{magnitude, 0}, {0, -magnitude}};
        PanelGrid.Builder grid = PanelGrid.builder()
                .heading("h")
                .footnote("f")
                .columns("original", "a title that is too long for one line of this column", "scores");
        for (int i = 0; i < 3; i++) {
            grid.row("a row with a rather long name " + i, "output 1.25", "reference 0")
                    .image(flat);
            grid.magnitudes(i == 0 ? flat : square).scores(flat);
        }
        Scenes.assertLegible(grid.build());
        Scenes.parse(grid.build());
    }

    @Test
    void eachPanelSaysWhatItsDarkestColourStandsFor() {
        Picture picture = PanelGrid.builder()
                .columns("a", "b")
                .row("r")
                .image(new double[][] {{1}})
                .scores(new double[][] {{-0.25}})
                .build();
        assertThat(Scenes.texts(picture))
                .contains("largest 0.250")
                .filteredOn(text -> text.startsWith("largest"))
                .hasSize(1);
    }

    @Test
    void refusesWhatFillsNoGrid() {
        double[][] one = {{1}};
        assertThatThrownBy(() -> PanelGrid.builder().build()).hasMessageContaining("at least one row");
        assertThatThrownBy(() -> PanelGrid.builder().columns("a").scores(one)).hasMessageContaining("another row");
        assertThatThrownBy(() -> oneColumn().scores(one).scores(one)).hasMessageContaining("another row");
        assertThatThrownBy(() -> oneColumn().build()).hasMessageContaining("row 'r' has 0 panels for 1 columns");
        assertThatThrownBy(() -> oneColumn().image(one, one)).hasMessageContaining("2 planes");
        assertThatThrownBy(() -> oneColumn().image(one, one, new double[1][2])).hasMessageContaining("different sizes");
        assertThatThrownBy(() -> oneColumn().scores(new double[][] {{Double.NaN}}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> oneColumn().scores(new double[600][600])).hasMessageContaining("600 by 600");
    }
}
