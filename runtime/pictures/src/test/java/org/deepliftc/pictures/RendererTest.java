package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
    private static final Style RED = Style.fill(new Colour(0xFF0000));

    private static Picture one(Shape shape) {
        return new Picture(40, 40, List.of(shape));
    }

    @Test
    void svgSpellsEachShape() {
        Picture picture = new Picture(
                100.5,
                50,
                List.of(
                        new Rect(1, 2, 3, 4, 0.5, RED.outlined(Colour.INK, 1).opacity(0.25)),
                        new Line(0, 0, 1.0 / 3, -0.0001, Style.stroke(Colour.GREY, 0.75)),
                        Outline.pen()
                                .move(0, 0)
                                .to(1, 0)
                                .curve(1, 1, 2, 2, 3, 3)
                                .close()
                                .draw(RED),
                        new Cells(5, 6, 4, 2, 4, new int[] {1, 1, 2, 1, 2, 2, 2, 2}),
                        new Text("a<b", 7, 8, 9, Text.Anchor.MIDDLE, Colour.INK)
                                .bold()
                                .rotated(-90)));
        assertThat(SvgRenderer.render(picture)).isEqualTo("""
                <svg xmlns="http://www.w3.org/2000/svg" width="100.5" height="50" viewBox="0 0 100.5 50" \
                font-family="Helvetica, Arial, sans-serif">
                <rect x="0" y="0" width="100.5" height="50" fill="#ffffff"/>
                <rect x="1" y="2" width="3" height="4" rx="0.5" fill="#ff0000" stroke="#1a1a1a" stroke-width="1" \
                opacity="0.25"/>
                <line x1="0" y1="0" x2="0.333" y2="0" fill="none" stroke="#5f6368" stroke-width="0.75"/>
                <path d="M0 0L1 0C1 1 2 2 3 3Z" fill-rule="evenodd" fill="#ff0000"/>
                <g transform="translate(5 6) scale(1 1)" shape-rendering="crispEdges">
                <path d="M0 0h2v1h-2zM3 0h1v1h-1z" fill="#000001"/>
                <path d="M2 0h1v1h-1zM0 1h4v1h-4z" fill="#000002"/>
                </g>
                <text x="7" y="8" font-size="9" text-anchor="middle" font-weight="bold" \
                transform="rotate(-90 7 8)" fill="#1a1a1a">a&lt;b</text>
                </svg>
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>", "a\" onload=\"x", "it's & \u0000\u0007\u001b done", "]]>", "\ud800 lone",
                "\ufffe\uffff", "line\nbreak\ttab", "\u202egnp.exe", "\ud83e\uddec DNA", ""
            })
    void hostileTextIsShownAndNothingElse(String hostile) throws Exception {
        Picture picture = one(new Text(hostile, 5, 20, 10, Text.Anchor.START, Colour.INK));
        org.w3c.dom.NodeList elements =
                Scenes.parse(picture).getDocumentElement().getElementsByTagName("*");
        assertThat(elements.getLength()).as("background and text").isEqualTo(2);
        assertThat(elements.item(1).getTextContent()).isEqualTo(Text.clean(hostile));
        assertThat(elements.item(1).getAttributes().getNamedItem("onload")).isNull();
        assertThat(Scenes.paint(picture).getWidth()).isEqualTo(40);
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(Text.clean("a\u0000b\u202ec\nd\ud800")).isEqualTo("a\ufffdb\ufffdc d\ufffd");
        assertThat(Text.clean("\ud83e\uddec caf\u00e9")).isEqualTo("\ud83e\uddec caf\u00e9");
    }

    @Test
    void pngPaintsShapesWhereTheyAre() throws Exception {
        BufferedImage image = Scenes.paint(
                new Picture(
                        40,
                        30,
                        List.of(
                                new Rect(10, 5, 10, 10, RED),
                                new Rect(30, 0, 10, 10, RED.opacity(0.5)),
                                new Cells(0, 20, 20, 10, 2, new int[] {0x0000FF, 0x00FF00}))),
                new PngRenderer());
        assertThat(image.getWidth()).isEqualTo(80);
        assertThat(image.getHeight()).isEqualTo(60);
        assertThat(image.getRGB(2, 2)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(20, 10)).isEqualTo(0xFFFF0000);
        assertThat(image.getRGB(39, 29)).isEqualTo(0xFFFF0000);
        assertThat(image.getRGB(40, 30)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(70, 5) & 0xFF00FF).as("half red").isIn(0xFF007F, 0xFF0080);
        assertThat(image.getRGB(19, 50)).isEqualTo(0xFF0000FF);
        assertThat(image.getRGB(20, 50)).isEqualTo(0xFF00FF00);
    }

    @Test
    void bandsOfTallPicturesMeetWithoutSeams() throws Exception {
        // 2100 x 3000 pixels need four bands of 998 rows.
        Picture tall = new Picture(
                2100,
                3000,
                List.of(Outline.pen()
                        .move(0, 0)
                        .to(2000, 3000)
                        .to(0, 3000)
                        .close()
                        .draw(RED)));
        BufferedImage image = Scenes.paint(tall);
        assertThat(image.getHeight()).isEqualTo(3000);
        for (int y = 10; y < 3000; y += 7) {
            int edge = y * 2 / 3;
            assertThat(image.getRGB(Math.max(0, edge - 4), y)).isEqualTo(0xFFFF0000);
            assertThat(image.getRGB(edge + 4, y)).isEqualTo(0xFFFFFFFF);
        }
    }

    @Test
    void textIsPaintedWithinItsEstimatedBox() throws Exception {
        Text text = new Text("Wide Motif GATA \u2212 \u6f22", 20, 30, 14, Text.Anchor.START, new Colour(0)).bold();
        BufferedImage image = Scenes.paint(new Picture(300, 40, List.of(text)));
        int last = 0;
        for (int x = 0; x < 300; x++) {
            for (int y = 0; y < 40; y++) {
                last = (image.getRGB(x, y) & 0xFF) < 128 ? x : last;
            }
        }
        assertThat((double) last)
                .isGreaterThan(100)
                .isLessThanOrEqualTo(Scenes.box(text).getMaxX());
    }

    @Test
    void refusesImagesNobodyCanOpen() {
        Picture wide = new Picture(1e6, 10, List.of());
        assertThatThrownBy(() -> new PngRenderer().render(wide, OutputStream.nullOutputStream()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2000000 by 20")
                .hasMessageContaining(".svg");
        assertThatThrownBy(() -> new PngRenderer(0)).hasMessageContaining("scale");
    }

    @Test
    void shapesRefuseWhatCannotBeDrawn() {
        assertThatThrownBy(() -> new Rect(Double.NaN, 0, 1, 1, RED)).hasMessageContaining("x must be a number");
        assertThatThrownBy(() -> new Rect(0, 0, -1, 1, RED)).hasMessageContaining("width must not be negative");
        assertThatThrownBy(() -> new Picture(0, 10, List.of())).hasMessageContaining("at least one pixel");
        assertThatThrownBy(() -> Outline.pen().close().draw(RED)).hasMessageContaining("begin with a move");
        assertThatThrownBy(() -> new Cells(0, 0, 1, 1, 2, new int[3])).hasMessageContaining("3 colours");
        assertThatThrownBy(() -> Colour.of("red")).hasMessageContaining("#RRGGBB");
    }
}
