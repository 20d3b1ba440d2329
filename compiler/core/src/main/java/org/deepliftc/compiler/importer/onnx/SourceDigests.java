package org.deepliftc.compiler.importer.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;
import org.deepliftc.compiler.importer.ImportOptions;

/** What a model was read from, in one number: its bytes, those of the files it names, and the options. */
final class SourceDigests {
    private SourceDigests() {}

    static String of(ByteBuffer model, Set<Path> external, ImportOptions options) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(model.duplicate());
            for (Path file : external) {
                try (InputStream in = Files.newInputStream(file)) {
                    byte[] part = new byte[1 << 16];
                    for (int read = in.read(part); read >= 0; read = in.read(part)) {
                        sha.update(part, 0, read);
                    }
                }
            }
            String chosen = new TreeMap<>(options.batchAxis()) + " " + new TreeMap<>(options.shapes());
            if (!options.equals(ImportOptions.DEFAULT)) {
                sha.update(chosen.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
