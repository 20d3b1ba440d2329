package org.deepliftc.compiler.importer.onnx.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The files beside a model that hold its large tensors; none outside the model's folder is opened. */
public final class ExternalFiles {
    /** Of a model that must not have any. */
    static final ExternalFiles NONE = new ExternalFiles(null);

    private final Path folder;
    private final Set<Path> used = new TreeSet<>();

    private ExternalFiles(Path folder) {
        this.folder = folder;
    }

    /** The files of the model at {@code model}. */
    public static ExternalFiles of(Path model) {
        Path parent = model.toAbsolutePath().normalize().getParent();
        return new ExternalFiles(parent);
    }

    /** What has been read from so far. */
    public Set<Path> used() {
        return used;
    }

    /** The bytes of one tensor: {@code location}, and optionally {@code offset} and {@code length}. */
    ByteBuffer read(String tensor, Map<String, String> entries, long expected) {
        String written = entries.getOrDefault("location", "");
        Path file = resolve(tensor, written);
        long offset = number(tensor, entries, "offset", 0);
        long length = number(tensor, entries, "length", expected);
        if (length != expected) {
            throw wrong(tensor, "has " + length + " bytes in '" + written + "' where its extents need " + expected);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (offset > channel.size() || expected > channel.size() - offset) {
                throw wrong(
                        tensor,
                        "lies at " + offset + " to " + (offset + expected) + " of '" + written + "', which has "
                                + channel.size() + " bytes");
            }
            if (expected > Integer.MAX_VALUE) {
                throw wrong(tensor, "has more than 2 GB");
            }
            used.add(file);
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, expected);
        } catch (IOException e) {
            throw wrong(tensor, "lies in '" + written + "', which cannot be read: " + e.getMessage());
        }
    }

    private Path resolve(String tensor, String written) {
        if (folder == null || written.isEmpty()) {
            throw wrong(tensor, "lies in a file that is not named");
        }
        try {
            Path path = folder.resolve(written).normalize();
            if (Path.of(written).isAbsolute() || !path.startsWith(folder)) {
                throw outside(tensor, written);
            }
            if (!Files.isRegularFile(path)) {
                throw wrong(tensor, "lies in '" + written + "', which is not beside the model");
            }
            if (!path.toRealPath().startsWith(folder.toRealPath())) {
                throw outside(tensor, written);
            }
            return path;
        } catch (InvalidPathException e) {
            throw wrong(tensor, "lies in '" + written + "', which is no name of a file");
        } catch (IOException e) {
            throw wrong(tensor, "lies in '" + written + "', which cannot be read: " + e.getMessage());
        }
    }

    private static long number(String tensor, Map<String, String> entries, String key, long otherwise) {
        String written = entries.getOrDefault(key, String.valueOf(otherwise));
        try {
            long number = Long.parseLong(written);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, as a negative one is
        }
        throw wrong(tensor, "has the " + key + " '" + written + "'");
    }

    private static OnnxFileException outside(String tensor, String written) {
        return new OnnxFileException(
                "tensor '" + tensor + "' lies in '" + written + "', outside the model's folder",
                "copy the file next to the model, or below it, and name it relative to the model");
    }

    private static OnnxFileException wrong(String tensor, String what) {
        return new OnnxFileException(
                "tensor '" + tensor + "' " + what, "keep the model and its external files together as exported");
    }
}
