package org.deepliftc.pictures;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that appear whole or not at all. */
final class AtomicFile {
    /** Writes the content of a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /** Writes to a new file beside the target, then moves it there; on failure the target is as it was. */
    static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (Files.isDirectory(target)) {
            throw new IOException("cannot write picture '" + file + "': it is a directory");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException(
                    "cannot write picture '" + file + "': '" + directory + "' is not a directory; create it first");
        }
        // Not Files.createTempFile: its files are private to the user, and the picture would stay so.
        Path temporary = directory.resolve(".picture-" + UUID.randomUUID() + ".tmp");
        temporary.toFile().deleteOnExit(); // also where a signal ends the process
        try {
            try (OutputStream out =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(out);
            }
            move(temporary, target);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "cannot write picture '" + file + "': no permission to write in '" + directory + "'", e);
        } catch (FileSystemException e) {
            // Its message names the temporary file, which means nothing to the reader.
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write picture '" + file + "': " + reason, e);
        } catch (IOException e) {
            throw new IOException("cannot write picture '" + file + "': " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
