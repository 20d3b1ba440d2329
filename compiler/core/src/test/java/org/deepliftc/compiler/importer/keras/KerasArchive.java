package org.deepliftc.compiler.importer.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Archives of Keras with another configuration than they were written with. */
final class KerasArchive {
    private KerasArchive() {}

    static String config(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return new String(zip.getInputStream(zip.getEntry("config.json")).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a copy with other text as its configuration. */
    static Path with(Path archive, String config, Path to) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.putNextEntry(new ZipEntry("config.json"));
            out.write(config.getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("model.weights.h5"));
            zip.getInputStream(zip.getEntry("model.weights.h5")).transferTo(out);
        }
        return to;
    }
}
