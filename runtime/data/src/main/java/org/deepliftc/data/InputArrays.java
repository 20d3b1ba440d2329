package org.deepliftc.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Finds the array that a file holds for an input of a model. */
public final class InputArrays {
    private InputArrays() {}

    /**
     * Reads the array of one input: of an npz the array of that name, of an npy or csv its only one.
     *
     * @param only whether the file is meant for this input alone, so that a single array may have any name
     * @throws DataFormatException if the format is unknown or the file has no such array
     */
    public static DataArray read(Path file, String input, boolean only) throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        SourceFile.requireReadable(file);
        if (name.endsWith(".npz")) {
            return fromNpz(file, input, only);
        }
        boolean csv = name.endsWith(".csv") || name.endsWith(".tsv");
        if (!csv && !name.endsWith(".npy")) {
            throw Origin.of(file).error("cannot tell the format from the name", "give a .npz, .npy or .csv file");
        }
        if (!only) {
            throw Origin.of(file)
                    .error(
                            "it holds one array, but the model has several inputs",
                            "put the arrays into one .npz under the names of the inputs");
        }
        return csv ? Csv.read(file).values() : Npy.read(file);
    }

    private static DataArray fromNpz(Path file, String input, boolean only) throws IOException {
        try (Npz npz = Npz.open(file)) {
            if (npz.contains(input)) {
                return npz.read(input);
            }
            List<String> names = npz.names();
            if (only && names.size() == 1) {
                return npz.read(names.get(0));
            }
            throw Origin.of(file)
                    .error(
                            "it has no array '" + input + "'",
                            names.isEmpty() ? "it holds none at all" : "it holds " + names);
        }
    }
}
