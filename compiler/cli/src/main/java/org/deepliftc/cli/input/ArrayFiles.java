package org.deepliftc.cli.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.Csv;
import org.deepliftc.data.CsvTable;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npy;
import org.deepliftc.data.Npz;

/** Reads arrays for the inputs of a model from files of any format, by extension. */
public final class ArrayFiles {
    private final Precision precision;

    /** A reader that hands out numbers of this precision. */
    public ArrayFiles(Precision precision) {
        this.precision = precision;
    }

    /**
     * The array a file holds for an input.
     *
     * @param only whether the file is for this input alone, so that a single array may have any name
     * @throws UserError if the format is unknown, the file has no such array, or it holds NaN or an infinity
     */
    public FileArray read(Path file, InputDeclaration input, boolean only) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".npz")) {
                return finite(npz(file, input, only));
            }
            if (name.matches(".*\\.[ct]sv(\\.gz)?")) {
                return finite(only ? csv(file) : column(csv(file), input));
            }
            requireOnly(file, input, only);
            if (name.endsWith(".npy")) {
                return finite(array(file, "", Npy.read(file)));
            }
            if (name.matches(".*\\.(fa|fasta|fna)(\\.gz)?")) {
                return SequenceFile.read(file, input, precision);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (name.matches(".*\\.(png|jpe?g)")) {
            throw new UserError(file + ": this build reads no images; put their pixels into a .npy or .npz file, "
                    + FileArray.examplesOf(input.shape().dims()));
        }
        throw new UserError(file
                + ": cannot tell the format from the name; inputs and references are .npz, .npy, .csv, .fa or .fa.gz");
    }

    private static void requireOnly(Path file, InputDeclaration input, boolean only) {
        if (!only) {
            throw new UserError(file + " holds one array, but the model has several inputs; write " + input.name() + "="
                    + file + " to say which it is for, or put the arrays into one .npz");
        }
    }

    private FileArray npz(Path file, InputDeclaration input, boolean only) throws IOException {
        try (Npz npz = Npz.open(file)) {
            List<String> names = npz.names();
            String name = input.name();
            if (!npz.contains(name)) {
                if (names.isEmpty()) {
                    throw new UserError(file + " holds no arrays");
                }
                if (!only || names.size() > 1) {
                    throw new UserError(file + " has no array '" + name + "' for that input of the model; it holds "
                            + listed(names));
                }
                name = names.get(0);
            }
            // Reading holds the bytes, the decoded array and the converted one at once.
            long count = Numbers.size(Arrays.stream(npz.shape(name)).boxed().toList());
            Numbers.require(count > Integer.MAX_VALUE ? 0 : count * 3 * Numbers.bytes(precision), "reading " + file);
            return array(file, name, npz.read(name));
        }
    }

    private static String listed(List<String> names) {
        int shown = Math.min(8, names.size());
        return "'" + String.join("', '", names.subList(0, shown)) + "'"
                + (shown < names.size() ? " and " + (names.size() - shown) + " more" : "");
    }

    private FileArray csv(Path file) throws IOException {
        CsvTable table = Csv.read(file);
        FileArray plain = array(file, "", table.values());
        return new FileArray(
                file, "", plain.shape(), plain.values(), table.rowNames(), List.of(), table.columns(), true);
    }

    /** Of a table for several inputs, the column that an input of one number is named after. */
    private FileArray column(FileArray table, InputDeclaration input) {
        int column = table.columns().indexOf(input.name());
        if (input.shape().size() != 1 || column < 0) {
            throw new UserError(table.file() + " is one table, but the model has several inputs, and "
                    + (column < 0
                            ? "no column is named '" + input.name() + "'"
                            : "'" + input.name() + "' is no single number")
                    + (table.columns().isEmpty() ? "" : "; its columns are " + listed(table.columns()))
                    + "; write " + input.name() + "=FILE to say which file it is read from");
        }
        return table.withColumns(List.of(column), precision);
    }

    private FileArray array(Path file, String name, DataArray data) {
        List<Integer> shape = new ArrayList<>();
        for (int extent : data.shape()) {
            shape.add(extent);
        }
        return FileArray.plain(file, name, shape, precision == Precision.FLOAT ? data.toFloats() : data.toDoubles());
    }

    private static FileArray finite(FileArray array) {
        int length = Numbers.length(array.values());
        for (int i = 0; i < length; i++) {
            double value = Numbers.get(array.values(), i);
            if (!Double.isFinite(value)) {
                throw new UserError(array.place() + " holds "
                        + (Double.isNaN(value) ? "a missing value (NaN)" : "an infinity") + " at "
                        + position(array.shape(), i) + named(array, i)
                        + "; models are explained on finite numbers only: fill it as the model was trained on, or leave"
                        + " the example out");
            }
        }
        return array;
    }

    private static String named(FileArray array, int flat) {
        return array.columns().isEmpty()
                ? ""
                : ", column '" + array.columns().get(flat % array.columns().size()) + "'";
    }

    private static String position(List<Integer> shape, int flat) {
        List<Integer> position = new ArrayList<>();
        int rest = flat;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            position.add(0, rest % shape.get(axis));
            rest /= shape.get(axis);
        }
        return FileArray.text(position);
    }
}
