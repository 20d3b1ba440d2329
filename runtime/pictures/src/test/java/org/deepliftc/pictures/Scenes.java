package org.deepliftc.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What tests look for in pictures. */
final class Scenes {
    private Scenes() {}

    static <S extends Shape> Stream<S> shapes(Picture picture, Class<S> type) {
        return picture.shapes().stream().filter(type::isInstance).map(type::cast);
    }

    static List<String> texts(Picture picture) {
        return shapes(picture, Text.class).map(Text::content).toList();
    }

    static Document parse(Picture picture) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(SvgRenderer.render(picture))));
    }

    static BufferedImage paint(Picture picture) throws IOException {
        return paint(picture, new PngRenderer(1));
    }

    static BufferedImage paint(Picture picture, PngRenderer renderer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        renderer.render(picture, out);
        return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
    }

    /** The box of a text by the estimate layouts rely on: its width, from the baseline up to the capitals. */
    static Rectangle2D box(Text text) {
        double width = TextWidth.of(text.content(), text.size(), text.weight());
        double start = text.anchor() == Text.Anchor.START ? 0 : text.anchor() == Text.Anchor.END ? width : width / 2;
        double height = 0.73 * text.size();
        return text.rotation() == -90
                ? new Rectangle2D.Double(text.x() - height, text.y() - width + start, height, width)
                : new Rectangle2D.Double(text.x() - start, text.y() - height, width, height);
    }

    /** No two texts touch, and every one lies on the page. */
    static void assertLegible(Picture picture) {
        Rectangle2D page = new Rectangle2D.Double(0, 0, picture.width(), picture.height());
        List<Text> placed = new ArrayList<>();
        shapes(picture, Text.class).filter(text -> !text.content().isEmpty()).forEach(text -> {
            assertThat(page.contains(box(text)))
                    .as("'%s' on the page", text.content())
                    .isTrue();
            for (Text other : placed) {
                assertThat(box(text).intersects(box(other)))
                        .as("'%s' over '%s'", text.content(), other.content())
                        .isFalse();
            }
            placed.add(text);
        });
    }
}
