package org.deepliftc.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files for reading, with messages for people where that fails. */
final class SourceFile {
    private SourceFile() {}

    static FileChannel open(Path file) throws IOException {
        requireReadable(file);
        try {
            return FileChannel.open(file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw Origin.of(file).error("the file cannot be opened", "check the path and its permissions", e);
        }
    }

    static void requireReadable(Path file) throws DataFormatException {
        Origin origin = Origin.of(file);
        if (!Files.exists(file)) {
            throw origin.error("there is no such file", "check the path");
        }
        if (Files.isDirectory(file)) {
            throw origin.error("it is a directory", "name a file");
        }
        if (!Files.isReadable(file)) {
            throw origin.error("permission denied", "make the file readable");
        }
    }
}
