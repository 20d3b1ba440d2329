package org.deepliftc.cli.input;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model.InputDeclaration;

/** Makes the references of a run from what the options ask for. */
public final class ReferenceReader {
    private final ArrayFiles files;
    private final List<InputDeclaration> inputs;
    private final Examples examples;
    private final Precision precision;
    private final long seed;

    /** A reader of references for these examples. */
    public ReferenceReader(
            ArrayFiles files, List<InputDeclaration> inputs, Examples examples, Precision precision, long seed) {
        this.files = files;
        this.inputs = List.copyOf(inputs);
        this.examples = examples;
        this.precision = precision;
        this.seed = seed;
    }

    /**
     * The references of every input.
     *
     * @throws UserError if a file is missing, an array does not fit, or a count is none that the contract knows
     */
    public ReferencePlan read(ExplainOptions options) {
        if (inputs.stream().allMatch(input -> options.reference(input.name()) instanceof Reference.Zeros)) {
            return ReferencePlan.COMPILED;
        }
        List<ReferenceSource> sources = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            sources.add(source(options.reference(inputs.get(i).name()), i));
        }
        return ReferencePlan.of(inputs, sources);
    }

    private ReferenceSource source(Reference reference, int index) {
        InputDeclaration input = inputs.get(index);
        if (reference instanceof Reference.Zeros) {
            return ReferenceSource.zeros(input.shape().size());
        }
        if (reference instanceof Reference.MeanOf) {
            return mean(array(((Reference.MeanOf) reference).file(), input), input);
        }
        if (reference instanceof Reference.Background) {
            FileArray array = array(((Reference.Background) reference).file(), input);
            requireRows(array, input);
            return ReferenceSource.rows(
                    array.values(), array.shape().get(0), false, input.shape().size());
        }
        if (reference instanceof Reference.Shuffled) {
            return ShuffledSource.of(examples.arrays()[index], input, ((Reference.Shuffled) reference).count(), seed);
        }
        if (reference instanceof Reference.Rows) {
            return rows(array(((Reference.Rows) reference).file(), input), input);
        }
        throw new UserError(
                "the reference of input '" + input.name()
                        + "' is left open (given); name one, as in --reference zeros, --reference FILE or --reference shuffle:20");
    }

    private FileArray array(String file, InputDeclaration input) {
        List<String> columns = examples.columns().get(inputs.indexOf(input));
        FileArray array =
                files.read(FilePath.of(file), input, inputs.size() == 1).inOrderOf(columns, precision);
        if (array.shape().isEmpty() || array.shape().get(0) == 0) {
            throw new UserError("reference " + array.place() + " holds no rows");
        }
        return array;
    }

    private ReferenceSource mean(FileArray array, InputDeclaration input) {
        requireRows(array, input);
        int size = input.shape().size();
        int rows = array.shape().get(0);
        Object mean = Numbers.allocate(precision, size, "the mean of " + array.place());
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += Numbers.get(array.values(), row * size + i);
            }
            Numbers.set(mean, i, sum / rows);
        }
        return ReferenceSource.rows(mean, 1, false, size);
    }

    private ReferenceSource rows(FileArray array, InputDeclaration input) {
        int size = input.shape().size();
        int first = array.shape().get(0);
        if (isRows(array, input)) {
            if (first != 1 && first != examples.count()) {
                throw new UserError("reference " + array.place() + " has " + first + " rows, but the input has "
                        + examples.count() + " examples; one row serves all, as many rows as examples serve one each"
                        + " (background:" + array.file() + " makes every row a reference of every example)");
            }
            return ReferenceSource.rows(array.values(), 1, first != 1, size);
        }
        List<Integer> shape = array.shape();
        if (shape.size() > 2
                && shape.subList(2, shape.size()).equals(input.shape().dims())) {
            if (first != 1 && first != examples.count()) {
                throw new UserError("reference " + array.place() + " is " + FileArray.text(shape) + ", references for "
                        + first + " examples, but the input has " + examples.count()
                        + " examples; the first axis is 1 for shared references, or counts the examples");
            }
            if (shape.get(1) == 0) {
                throw new UserError("reference " + array.place() + " is " + FileArray.text(shape) + ": no references");
            }
            return ReferenceSource.rows(array.values(), shape.get(1), first != 1, size);
        }
        throw misfit(array, input);
    }

    private static void requireRows(FileArray array, InputDeclaration input) {
        if (!isRows(array, input)) {
            throw misfit(array, input);
        }
    }

    private static boolean isRows(FileArray array, InputDeclaration input) {
        List<Integer> row = array.shape().subList(1, array.shape().size());
        return row.equals(input.shape().dims())
                || array.flat() && Numbers.size(row) == input.shape().size();
    }

    private static UserError misfit(FileArray array, InputDeclaration input) {
        String rest = FileArray.examplesOf(input.shape().dims()).substring("[examples".length());
        return new UserError("reference " + array.place() + " is " + FileArray.text(array.shape()) + ", but input '"
                + input.name() + "' needs [rows" + rest + " or [examples, references" + rest);
    }
}
