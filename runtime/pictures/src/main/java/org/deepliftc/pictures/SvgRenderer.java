package org.deepliftc.pictures;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes a scene as SVG 1.1 text: the same scene gives the same text, on every machine. */
public final class SvgRenderer {
    private static final String FONTS = "Helvetica, Arial, sans-serif";

    private final StringBuilder out = new StringBuilder();

    private SvgRenderer() {}

    /** The whole document, ending in a line break; to be stored in UTF-8. */
    public static String render(Picture picture) {
        SvgRenderer renderer = new SvgRenderer();
        renderer.document(picture);
        return renderer.out.toString();
    }

    /** Makes any string safe as XML text and as a quoted attribute value. */
    static String escape(String raw) {
        return Text.clean(raw)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A coordinate in at most three decimals, without trailing zeros. */
    static String number(double value) {
        return decimal(value, 3);
    }

    /** Through integers, because the digits Double.toString chooses changed between Java releases. */
    private static String decimal(double value, int places) {
        BigDecimal rounded = BigDecimal.valueOf(Math.round(value * Math.pow(10, places)), places);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private void document(Picture picture) {
        String width = number(picture.width());
        String height = number(picture.height());
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        attribute("width", width);
        attribute("height", height);
        attribute("viewBox", "0 0 " + width + " " + height);
        attribute("font-family", FONTS);
        out.append(">\n");
        shape(new Rect(0, 0, picture.width(), picture.height(), Style.fill(Colour.WHITE)));
        picture.shapes().forEach(this::shape);
        out.append("</svg>\n");
    }

    private void shape(Shape shape) {
        if (shape instanceof Rect rect) {
            rect(rect);
        } else if (shape instanceof Line line) {
            line(line);
        } else if (shape instanceof Outline outline) {
            outline(outline);
        } else if (shape instanceof Cells cells) {
            cells(cells);
        } else if (shape instanceof Text text) {
            text(text);
        } else {
            throw new AssertionError("unknown shape " + shape.getClass());
        }
    }

    private void rect(Rect rect) {
        out.append("<rect");
        attribute("x", number(rect.x()));
        attribute("y", number(rect.y()));
        attribute("width", number(rect.width()));
        attribute("height", number(rect.height()));
        if (rect.radius() > 0) {
            attribute("rx", number(rect.radius()));
        }
        style(rect.style());
        out.append("/>\n");
    }

    private void line(Line line) {
        out.append("<line");
        attribute("x1", number(line.x1()));
        attribute("y1", number(line.y1()));
        attribute("x2", number(line.x2()));
        attribute("y2", number(line.y2()));
        style(line.style());
        out.append("/>\n");
    }

    private void outline(Outline outline) {
        StringBuilder data = new StringBuilder();
        for (Outline.Step step : outline.steps()) {
            if (step instanceof Outline.Move move) {
                data.append('M').append(point(move.x(), move.y()));
            } else if (step instanceof Outline.To to) {
                data.append('L').append(point(to.x(), to.y()));
            } else if (step instanceof Outline.Curve curve) {
                data.append('C').append(point(curve.x1(), curve.y1())).append(' ');
                data.append(point(curve.x2(), curve.y2())).append(' ').append(point(curve.x(), curve.y()));
            } else {
                data.append('Z');
            }
        }
        out.append("<path");
        attribute("d", data.toString());
        if (outline.style().fill().isPresent()) {
            attribute("fill-rule", "evenodd");
        }
        style(outline.style());
        out.append("/>\n");
    }

    /** One path per colour, neighbours of a row joined: every viewer keeps the edges sharp, unlike with images. */
    private void cells(Cells cells) {
        out.append("<g");
        attribute(
                "transform",
                "translate(" + number(cells.x()) + " " + number(cells.y()) + ") scale("
                        + decimal(cells.width() / cells.columns(), 6) + " " + decimal(cells.height() / cells.rows(), 6)
                        + ")");
        attribute("shape-rendering", "crispEdges");
        out.append(">\n");
        runsByColour(cells).forEach((rgb, data) -> {
            out.append("<path");
            attribute("d", data.toString());
            attribute("fill", new Colour(rgb).hex());
            out.append("/>\n");
        });
        out.append("</g>\n");
    }

    private static Map<Integer, StringBuilder> runsByColour(Cells cells) {
        Map<Integer, StringBuilder> runs = new TreeMap<>();
        for (int row = 0; row < cells.rows(); row++) {
            int start = 0;
            for (int column = 1; column <= cells.columns(); column++) {
                int rgb = cells.rgb(row, start);
                if (column == cells.columns() || cells.rgb(row, column) != rgb) {
                    runs.computeIfAbsent(rgb, key -> new StringBuilder())
                            .append('M')
                            .append(start)
                            .append(' ')
                            .append(row)
                            .append('h')
                            .append(column - start)
                            .append("v1h")
                            .append(start - column)
                            .append('z');
                    start = column;
                }
            }
        }
        return runs;
    }

    private void text(Text text) {
        out.append("<text");
        attribute("x", number(text.x()));
        attribute("y", number(text.y()));
        attribute("font-size", number(text.size()));
        if (text.anchor() != Text.Anchor.START) {
            attribute("text-anchor", text.anchor().name().toLowerCase(Locale.ROOT));
        }
        if (text.weight() == Text.Weight.BOLD) {
            attribute("font-weight", "bold");
        }
        if (text.rotation() != 0) {
            attribute("transform", "rotate(" + number(text.rotation()) + " " + point(text.x(), text.y()) + ")");
        }
        attribute("fill", text.colour().hex());
        out.append('>').append(escape(text.content())).append("</text>\n");
    }

    private void style(Style style) {
        attribute("fill", style.fill().map(Colour::hex).orElse("none"));
        style.stroke().ifPresent(stroke -> {
            attribute("stroke", stroke.hex());
            attribute("stroke-width", number(style.strokeWidth()));
        });
        if (style.opacity() < 1) {
            attribute("opacity", number(style.opacity()));
        }
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    }

    private static String point(double x, double y) {
        return number(x) + " " + number(y);
    }
}
