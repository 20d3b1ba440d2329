package org.deepliftc.cli.input;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.graph.Model.InputDeclaration;

/** Reads the arrays of {@code --input} and checks them against the model. */
public final class ExampleReader {
    private final ArrayFiles files;
    private final List<InputDeclaration> inputs;

    /** A reader for a model with these inputs. */
    public ExampleReader(ArrayFiles files, List<InputDeclaration> inputs) {
        this.files = files;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * Reads every input.
     *
     * @param named the file of single inputs by name
     * @param shared files of inputs not named: {@code .npz} with an array per input, or anything for a model with one
     * @throws UserError if an array is missing, of another shape, or inputs differ in their number of examples
     */
    public Examples read(Map<String, Path> named, List<Path> shared) {
        Map<String, FileArray> found = new LinkedHashMap<>();
        for (InputDeclaration input : inputs) {
            Path file = named.containsKey(input.name()) ? named.get(input.name()) : fileOf(input, shared);
            FileArray array =
                    files.read(file, input, inputs.size() - named.size() == 1 || named.containsKey(input.name()));
            found.put(input.name(), checked(array, input));
        }
        int count = commonCount(found);
        List<Object> arrays = new ArrayList<>();
        List<List<String>> headers = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        List<String> ids = List.of();
        for (FileArray array : found.values()) {
            arrays.add(array.values());
            headers.add(array.headers());
            columns.add(array.columns());
            ids = ids.isEmpty() ? array.ids() : ids;
        }
        List<String> names = ids.isEmpty()
                ? IntStream.range(0, count).mapToObj(String::valueOf).toList()
                : ids;
        return new Examples(count, arrays.toArray(), names, headers, columns);
    }

    private Path fileOf(InputDeclaration input, List<Path> shared) {
        if (shared.isEmpty()) {
            throw new UserError("input '" + input.name() + "' "
                    + FileArray.examplesOf(input.shape().dims()) + " of the model is not given; add --input "
                    + input.name() + "=FILE");
        }
        if (shared.size() > 1) {
            throw new UserError(
                    "--input names " + shared.size() + " files without saying of which input; write --input "
                            + input.name() + "=FILE, or put the arrays into one .npz");
        }
        return shared.get(0);
    }

    private static FileArray checked(FileArray array, InputDeclaration input) {
        List<Integer> expected = input.shape().dims();
        List<Integer> got = array.shape();
        List<Integer> rows = got.isEmpty() ? got : got.subList(1, got.size());
        boolean fits = !got.isEmpty()
                && (rows.equals(expected) || array.flat() && Numbers.size(rows) == Numbers.size(expected));
        if (!fits) {
            String advice = got.equals(expected)
                    ? "; the first axis counts the examples, so one example is "
                            + FileArray.text(IntStream.concat(
                                            IntStream.of(1), expected.stream().mapToInt(Integer::intValue))
                                    .boxed()
                                    .toList())
                    : "";
            throw new UserError(array.place() + " is " + FileArray.text(got) + ", but input '" + input.name()
                    + "' of the model needs " + FileArray.examplesOf(expected) + advice);
        }
        if (got.get(0) == 0) {
            throw new UserError(array.place() + " holds no examples");
        }
        return array;
    }

    private static int commonCount(Map<String, FileArray> arrays) {
        FileArray first = arrays.values().iterator().next();
        for (FileArray other : arrays.values()) {
            if (!other.shape().get(0).equals(first.shape().get(0))) {
                throw new UserError(first.place() + " has " + first.shape().get(0) + " examples, but " + other.place()
                        + " has " + other.shape().get(0) + "; all inputs need the same number");
            }
        }
        return first.shape().get(0);
    }
}
