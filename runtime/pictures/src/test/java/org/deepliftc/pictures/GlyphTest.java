package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GlyphTest {
    @ParameterizedTest
    @EnumSource(Glyph.class)
    void fillsItsBoxExactly(Glyph glyph) {
        for (Outline outline : List.of(glyph.upright(10, 20, 6, 80), glyph.flipped(10, 20, 6, 80))) {
            Rectangle2D bounds = bounds(outline);
            assertThat(bounds.getMinX()).isCloseTo(10, within(1e-9));
            assertThat(bounds.getMinY()).isCloseTo(20, within(1e-9));
            assertThat(bounds.getMaxX()).isCloseTo(16, within(1e-9));
            assertThat(bounds.getMaxY()).isCloseTo(100, within(1e-9));
        }
    }

    @Test
    void standsOnItsHeadWhenFlipped() throws Exception {
        Glyph t = Glyph.T;
        Picture picture = new Picture(40, 20, List.of(t.upright(0, 0, 20, 20), t.flipped(20, 0, 20, 20)));
        BufferedImage image = Scenes.paint(picture);
        assertThat(image.getRGB(2, 1)).as("bar at the top").isEqualTo(0xFFD62839);
        assertThat(image.getRGB(2, 18)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(22, 1)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(22, 18)).as("bar at the bottom").isEqualTo(0xFFD62839);
    }

    @Test
    void hasACounterInAandABarInG() throws Exception {
        Picture picture = new Picture(
                300,
                100,
                List.of(
                        Glyph.A.upright(0, 0, 100, 100),
                        Glyph.C.upright(100, 0, 100, 100),
                        Glyph.G.upright(200, 0, 100, 100)));
        BufferedImage image = Scenes.paint(picture);
        assertThat(image.getRGB(50, 50)).as("counter of A").isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(50, 70)).as("crossbar of A").isEqualTo(0xFF109648);
        assertThat(image.getRGB(190, 55)).as("opening of C").isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(290, 55)).as("bar of G").isEqualTo(0xFFF7B32B);
        assertThat(image.getRGB(105, 50)).as("back of C").isEqualTo(0xFF255C99);
    }

    @Test
    void readsEitherCaseAndTakesTheRestForN() {
        assertThat("AaCcGgTtUuNRx-".chars().mapToObj(base -> Glyph.of((char) base)))
                .containsExactly(
                        Glyph.A, Glyph.A, Glyph.C, Glyph.C, Glyph.G, Glyph.G, Glyph.T, Glyph.T, Glyph.U, Glyph.U,
                        Glyph.N, Glyph.N, Glyph.N, Glyph.N);
    }

    /** Bounds of the flattened curve, not of its control points. */
    private static Rectangle2D bounds(Outline outline) {
        Path2D path = new Path2D.Double();
        for (Outline.Step step : outline.steps()) {
            if (step instanceof Outline.Move move) {
                path.moveTo(move.x(), move.y());
            } else if (step instanceof Outline.To to) {
                path.lineTo(to.x(), to.y());
            } else if (step instanceof Outline.Curve c) {
                path.curveTo(c.x1(), c.y1(), c.x2(), c.y2(), c.x(), c.y());
            } else {
                path.closePath();
            }
        }
        Path2D flat = new Path2D.Double();
        flat.append(path.getPathIterator(null, 1e-3), false);
        return flat.getBounds2D();
    }
}
