package org.deepliftc.pictures;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Paints a scene as PNG with Java2D, in bands, so that memory does not grow with the picture's height. */
public final class PngRenderer {
    public static final double DEFAULT_SCALE = 2;

    private static final int BAND_PIXELS = 1 << 21;
    /** What common viewers still open. */
    private static final int LARGEST_SIDE = 65_500;

    private final double scale;

    static {
        // Servers have no display; must be set before the first AWT class initialises.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    /** Renders at {@link #DEFAULT_SCALE}. */
    public PngRenderer() {
        this(DEFAULT_SCALE);
    }

    /** @param scale pixels of the image per pixel of the scene, above 0 and at most 16 */
    public PngRenderer(double scale) {
        if (!(scale > 0 && scale <= 16)) {
            throw new IllegalArgumentException("scale must be above 0 and at most 16, but is " + scale);
        }
        this.scale = scale;
    }

    /**
     * Writes the picture as PNG; the stream stays open.
     *
     * @throws IOException if the stream fails, the image is too large for PNG viewers, or this machine has no fonts
     */
    public void render(Picture picture, OutputStream out) throws IOException {
        long width = Math.max(1, Math.round(picture.width() * scale));
        long height = Math.max(1, Math.round(picture.height() * scale));
        if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw new IOException("the picture would be " + width + " by " + height + " pixels, and few programs open"
                    + " a PNG wider or higher than " + LARGEST_SIDE + "; write .svg, or draw fewer items on a page");
        }
        OutputStream buffered = new BufferedOutputStream(out);
        try (PngStream png = new PngStream(buffered, (int) width, (int) height, 96 * scale)) {
            bands(picture, (int) width, (int) height, png);
        } catch (LinkageError | InternalError e) {
            // What the JDK throws where its graphics library or every font is missing.
            throw new IOException(
                    "this Java has no graphics or no fonts to draw a PNG with (" + e
                            + "); write .svg, or install fontconfig and a font such as DejaVu",
                    e);
        }
    }

    private void bands(Picture picture, int width, int height, PngStream png) throws IOException {
        int bandHeight = Math.min(height, Math.max(16, BAND_PIXELS / width));
        BufferedImage band = new BufferedImage(width, bandHeight, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ((DataBufferInt) band.getRaster().getDataBuffer()).getData();
        List<Shape> shapes = picture.shapes();
        List<Extent> extents = shapes.stream().map(Extent::of).toList();
        for (int top = 0; top < height; top += bandHeight) {
            Graphics2D graphics = band.createGraphics();
            try {
                prepare(graphics, band, top);
                for (int i = 0; i < shapes.size(); i++) {
                    if (extents.get(i).touches(top / scale, (top + bandHeight) / scale)) {
                        paint(graphics, shapes.get(i));
                    }
                }
            } finally {
                graphics.dispose();
            }
            for (int row = 0; row < Math.min(bandHeight, height - top); row++) {
                png.writeRow(pixels, row * width);
            }
        }
    }

    private void prepare(Graphics2D graphics, BufferedImage band, int top) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, band.getWidth(), band.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.translate(0, -top);
        graphics.scale(scale, scale);
    }

    private static void paint(Graphics2D graphics, Shape shape) {
        if (shape instanceof Rect rect) {
            double arc = 2 * rect.radius();
            paint(
                    graphics,
                    arc == 0
                            ? new Rectangle2D.Double(rect.x(), rect.y(), rect.width(), rect.height())
                            : new RoundRectangle2D.Double(rect.x(), rect.y(), rect.width(), rect.height(), arc, arc),
                    rect.style());
        } else if (shape instanceof Line line) {
            paint(graphics, new Line2D.Double(line.x1(), line.y1(), line.x2(), line.y2()), line.style());
        } else if (shape instanceof Outline outline) {
            paint(graphics, path(outline), outline.style());
        } else if (shape instanceof Cells cells) {
            cells(graphics, cells);
        } else if (shape instanceof Text text) {
            text(graphics, text);
        } else {
            throw new AssertionError("unknown shape " + shape.getClass());
        }
    }

    private static void paint(Graphics2D graphics, java.awt.Shape shape, Style style) {
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) style.opacity()));
        style.fill().ifPresent(colour -> {
            graphics.setColor(new Color(colour.rgb()));
            graphics.fill(shape);
        });
        style.stroke().ifPresent(colour -> {
            graphics.setColor(new Color(colour.rgb()));
            graphics.setStroke(
                    new BasicStroke((float) style.strokeWidth(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
            graphics.draw(shape);
        });
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    private static Path2D path(Outline outline) {
        Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        for (Outline.Step step : outline.steps()) {
            if (step instanceof Outline.Move move) {
                path.moveTo(move.x(), move.y());
            } else if (step instanceof Outline.To to) {
                path.lineTo(to.x(), to.y());
            } else if (step instanceof Outline.Curve curve) {
                path.curveTo(curve.x1(), curve.y1(), curve.x2(), curve.y2(), curve.x(), curve.y());
            } else {
                path.closePath();
            }
        }
        return path;
    }

    /** As an image enlarged without smoothing, so that no seams show between cells. */
    private static void cells(Graphics2D graphics, Cells cells) {
        BufferedImage image = new BufferedImage(cells.columns(), cells.rows(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < cells.rows(); row++) {
            for (int column = 0; column < cells.columns(); column++) {
                image.setRGB(column, row, cells.rgb(row, column));
            }
        }
        AffineTransform enlarge = AffineTransform.getTranslateInstance(cells.x(), cells.y());
        enlarge.scale(cells.width() / cells.columns(), cells.height() / cells.rows());
        graphics.drawImage(image, enlarge, null);
    }

    /** A face wider than the layout allowed for is squeezed, so that text never runs into its neighbour. */
    private static void text(Graphics2D graphics, Text text) {
        if (text.content().isEmpty() || text.size() == 0) {
            return;
        }
        int weight = text.weight() == Text.Weight.BOLD ? Font.BOLD : Font.PLAIN;
        Font font = new Font(Font.SANS_SERIF, weight, 1).deriveFont((float) text.size());
        double width = font.getStringBounds(text.content(), graphics.getFontRenderContext())
                .getWidth();
        double allowed = TextWidth.of(text.content(), text.size(), text.weight());
        double squeeze = width > allowed ? allowed / width : 1;
        double shift = text.anchor() == Text.Anchor.START ? 0 : text.anchor() == Text.Anchor.END ? 1 : 0.5;
        AffineTransform before = graphics.getTransform();
        graphics.translate(text.x(), text.y());
        graphics.rotate(Math.toRadians(text.rotation()));
        graphics.translate(-shift * width * squeeze, 0);
        graphics.scale(squeeze, 1);
        graphics.setFont(font);
        graphics.setColor(new Color(text.colour().rgb()));
        graphics.drawString(text.content(), 0, 0);
        graphics.setTransform(before);
    }
}
