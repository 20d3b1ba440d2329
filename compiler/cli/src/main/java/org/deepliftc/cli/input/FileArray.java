package org.deepliftc.cli.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;

/**
 * One array as a file holds it.
 *
 * @param name its name in the file; empty where the format has none
 * @param shape with the examples first
 * @param values {@code float[]} or {@code double[]}, row-major
 * @param ids identifiers of the rows, where the file has them
 * @param headers what else the file says of each row: the header lines of FASTA
 * @param columns names of the features, where the file has them
 * @param flat whether the format knows rows of numbers only, so that a row may be read as any shape of its size
 */
public record FileArray(
        Path file,
        String name,
        List<Integer> shape,
        Object values,
        List<String> ids,
        List<String> headers,
        List<String> columns,
        boolean flat) {

    public FileArray {
        shape = List.copyOf(shape);
        ids = List.copyOf(ids);
        headers = List.copyOf(headers);
        columns = List.copyOf(columns);
    }

    /** An array that has nothing but numbers. */
    public static FileArray plain(Path file, String name, List<Integer> shape, Object values) {
        return new FileArray(file, name, shape, values, List.of(), List.of(), List.of(), false);
    }

    /** The table with these of its columns, in this order. */
    FileArray withColumns(List<Integer> chosen, Precision precision) {
        int rows = shape.get(0);
        int width = shape.get(1);
        Object picked = Numbers.allocate(precision, (long) rows * chosen.size(), "columns of " + file);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < chosen.size(); i++) {
                Numbers.set(picked, row * chosen.size() + i, Numbers.get(values, row * width + chosen.get(i)));
            }
        }
        List<String> names = chosen.stream().map(columns::get).toList();
        return new FileArray(file, name, List.of(rows, chosen.size()), picked, ids, headers, names, flat);
    }

    /**
     * The table with its columns in the order of {@code wanted}; itself where one of both has no names.
     *
     * @throws UserError that lists the names which only one of both has
     */
    FileArray inOrderOf(List<String> wanted, Precision precision) {
        if (columns.isEmpty() || wanted.isEmpty() || columns.equals(wanted)) {
            return this;
        }
        List<String> missing = wanted.stream().filter(c -> !columns.contains(c)).toList();
        List<String> unknown = columns.stream().filter(c -> !wanted.contains(c)).toList();
        if (!missing.isEmpty() || !unknown.isEmpty() || Set.copyOf(columns).size() != columns.size()) {
            throw new UserError(place() + " has other columns than the input"
                    + (missing.isEmpty() ? "" : "; it lacks '" + String.join("', '", missing) + "'")
                    + (unknown.isEmpty() ? "" : "; only it has '" + String.join("', '", unknown) + "'")
                    + "; columns are matched by their names, in any order");
        }
        return withColumns(wanted.stream().map(columns::indexOf).toList(), precision);
    }

    /** How messages name it: {@code array 'dna' of x.npz}. */
    public String place() {
        return name.isEmpty() ? file.toString() : "array '" + name + "' of " + file;
    }

    /** Shapes as messages write them. */
    public static String text(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The shape of examples of a declared shape: {@code [examples, 4, 200]}. */
    public static String examplesOf(List<Integer> shape) {
        return "[examples" + shape.stream().map(extent -> ", " + extent).collect(Collectors.joining()) + "]";
    }
}
