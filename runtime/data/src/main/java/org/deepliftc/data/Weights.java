package org.deepliftc.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Named tensors in a file, read one at a time.
 *
 * <p>Every failure, an unknown name included, is a {@link DataFormatException}. The file stays open until
 * {@link #close()}; what was read before is independent of it.
 */
public sealed interface Weights extends AutoCloseable permits Safetensors, Npz {

    /**
     * Opens a safetensors or npz file, told apart by its first bytes and not by its name.
     *
     * @throws DataFormatException when it is neither, or damaged
     */
    static Weights open(Path file) throws IOException {
        SourceFile.requireReadable(file);
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(9);
        }
        if (starts(start, "PK\3\4") || starts(start, "PK\5\6")) {
            return Npz.open(file);
        }
        if (start.length == 9 && start[8] == '{') {
            return Safetensors.open(file);
        }
        throw Origin.of(file).error("it is no weights file: " + kindOf(start), "give a .safetensors or .npz file");
    }

    private static boolean starts(byte[] bytes, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= wanted.length && Arrays.equals(bytes, 0, wanted.length, wanted, 0, wanted.length);
    }

    private static String kindOf(byte[] start) {
        if (start.length == 0) {
            return "it is empty";
        }
        if (starts(start, "\u0093NUMPY")) {
            return "an npy file holds one array without a name";
        }
        if (starts(start, "\u0089HDF")) {
            return "this is an HDF5 file";
        }
        if (starts(start, "\u0080\2") || starts(start, "\u0080\4")) {
            return "this is a Python pickle, which only Python can load";
        }
        return start.length < 9 ? "it has only " + start.length + " bytes" : "its first bytes are of neither format";
    }

    /** The file, as it was given. */
    Path file();

    /** All names, in the file's order. */
    List<String> names();

    default boolean contains(String name) {
        return names().contains(name);
    }

    /** The shape, without reading the elements. */
    int[] shape(String name) throws IOException;

    /** The element type, without reading the elements. */
    DType type(String name) throws IOException;

    /** Reads one tensor. */
    DataArray read(String name) throws IOException;

    @Override
    void close() throws IOException;
}
