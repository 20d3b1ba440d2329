package org.deepliftc.compiler.diagnostic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The texts that spans point into, read again from where they lie. */
public final class SourceTexts {
    private static final long LARGEST = 16L << 20;

    private SourceTexts() {}

    /** The text of a file; empty where it cannot be read now, or is far too large to show a line of. */
    public static Optional<String> fromDisk(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
