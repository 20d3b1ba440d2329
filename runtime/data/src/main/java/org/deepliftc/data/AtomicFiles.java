package org.deepliftc.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files whole or not at all: into a temporary file beside the target, which is then moved into place. */
public final class AtomicFiles {
    private static final int BUFFER = 1 << 16;

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFiles() {}

    /**
     * Writes {@code target} in one step; when anything fails, the old file (or none) stays and nothing else is left.
     *
     * @throws DataFormatException when the directory is missing or cannot be written to, naming it
     */
    public static void write(Path target, Content content) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw new DataFormatException(target.toString(), "", "it is a directory", "name a file to write to");
        }
        if (!Files.isDirectory(directory)) {
            throw new DataFormatException(
                    target.toString(), "", "there is no directory " + directory, "make the directory first");
        }
        Path temporary = temporaryIn(directory, target);
        temporary.toFile().deleteOnExit(); // also where a signal ends the process
        try {
            try (OutputStream out = open(temporary, directory, target)) {
                content.writeTo(out);
            }
            moveIntoPlace(temporary, target);
        } catch (FileSystemException e) {
            throw unwritable(target, directory, e);
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException e) { // such as a full disk, which names no file
            throw new DataFormatException(
                    target.toString(), "", "cannot be written: " + e.getMessage(), "make room, or write elsewhere", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path temporaryIn(Path directory, Path target) {
        String name = target.getFileName().toString();
        String start = name.length() > 80 ? name.substring(0, 80) : name;
        return directory.resolve(
                "." + start + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
    }

    // A plain open, not createTempFile: that one makes files readable by their owner alone, and so the target would be.
    private static OutputStream open(Path temporary, Path directory, Path target) throws IOException {
        try {
            return new BufferedOutputStream(
                    Channels.newOutputStream(
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                    BUFFER);
        } catch (FileSystemException e) {
            throw unwritable(target, directory, e);
        }
    }

    private static void moveIntoPlace(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static DataFormatException unwritable(Path target, Path directory, FileSystemException e) {
        String reason = e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof FileAlreadyExistsException ? "a file is in the way" : reasonOf(e);
        return new DataFormatException(
                target.toString(),
                "",
                "cannot write into " + directory + ": " + reason,
                "choose a directory you may write to, with space left",
                e);
    }

    private static String reasonOf(FileSystemException e) {
        return e.getReason() == null ? e.getMessage() : e.getReason();
    }
}
