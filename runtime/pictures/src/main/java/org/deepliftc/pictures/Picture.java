package org.deepliftc.pictures;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A finished picture: shapes painted in order on white.
 *
 * @param width in CSS pixels (96 to the inch)
 * @param height in CSS pixels
 */
public record Picture(double width, double height, List<Shape> shapes) {
    public Picture {
        if (Checks.length("picture width", width) < 1 || Checks.length("picture height", height) < 1) {
            throw new IllegalArgumentException(
                    "a picture must measure at least one pixel, but is " + width + " by " + height);
        }
        shapes = List.copyOf(shapes);
    }

    /** Whether {@link #write} knows the extension of this file. */
    public static boolean canWrite(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".svg") || name.endsWith(".png");
    }

    /**
     * Writes this picture as SVG or PNG (at twice the size in pixels), whichever the extension says. The file appears
     * whole or not at all.
     *
     * @throws IllegalArgumentException if the extension is neither {@code .svg} nor {@code .png}
     * @throws IOException if the file cannot be written; the message names it and says why
     */
    public void write(Path file) throws IOException {
        if (!canWrite(file)) {
            throw new IllegalArgumentException(
                    "cannot tell the format of a picture from the name '" + file + "'; let it end in .svg or .png");
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            AtomicFile.write(file, out -> writeSvg(out));
        } else {
            AtomicFile.write(file, out -> new PngRenderer().render(this, out));
        }
    }

    private void writeSvg(OutputStream out) throws IOException {
        try (OutputStream buffered = new BufferedOutputStream(out)) {
            buffered.write(SvgRenderer.render(this).getBytes(StandardCharsets.UTF_8));
        }
    }
}
