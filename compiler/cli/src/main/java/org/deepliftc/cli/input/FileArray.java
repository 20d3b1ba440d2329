package org.deepliftc.cli.input;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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
