package org.deepliftc.cli.input;

import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;

/**
 * The references of all inputs of a run.
 *
 * @param sources one per input
 * @param count references of each example; 1 where zeros are compiled in
 * @param perExample whether references belong to the examples
 * @param compiled whether all references are zeros, which the compiler folds away
 */
public record ReferencePlan(List<ReferenceSource> sources, int count, boolean perExample, boolean compiled) {

    /** The plan of a method without references, or with zeros for every input. */
    public static final ReferencePlan COMPILED = new ReferencePlan(List.of(), 1, false, true);

    /**
     * The plan over these sources. An input with one reference has it beside every reference of the others.
     *
     * @throws UserError if inputs have different numbers of references
     */
    static ReferencePlan of(List<InputDeclaration> inputs, List<ReferenceSource> sources) {
        int count = sources.stream().mapToInt(ReferenceSource::count).max().orElse(1);
        for (ReferenceSource source : sources) {
            if (source.count() != 1 && source.count() != count) {
                String counts = java.util.stream.IntStream.range(0, inputs.size())
                        .mapToObj(i -> "'" + inputs.get(i).name() + "' "
                                + sources.get(i).count())
                        .collect(Collectors.joining(", "));
                throw new UserError("the inputs have different numbers of references for each example: " + counts
                        + "; each needs the same number, or 1");
            }
        }
        boolean perExample = sources.stream().anyMatch(ReferenceSource::perExample);
        return new ReferencePlan(sources, count, perExample, false);
    }

    /** The shared references, one array {@code [count, input shape]} per input. */
    public Object[] shared(List<InputDeclaration> inputs, Precision precision) {
        return rows(inputs, precision, 0, 1);
    }

    /** The references of {@code examples} examples, one array {@code [examples, count, input shape]} per input. */
    public Object[] rows(List<InputDeclaration> inputs, Precision precision, int first, int examples) {
        Object[] arrays = new Object[inputs.size()];
        for (int input = 0; input < arrays.length; input++) {
            int size = inputs.get(input).shape().size();
            String what = "the references of input '" + inputs.get(input).name() + "'";
            arrays[input] = Numbers.allocate(precision, (long) examples * count * size, what);
            for (int row = 0; row < examples * count; row++) {
                ReferenceSource source = sources.get(input);
                source.write(first + row / count, source.count() == 1 ? 0 : row % count, arrays[input], row * size);
            }
        }
        return arrays;
    }

    /** Numbers in the references of one example. */
    public long size(List<InputDeclaration> inputs) {
        return (long) count
                * inputs.stream().mapToLong(input -> input.shape().size()).sum();
    }
}
