package org.deepliftc.cli.input;

import java.util.Optional;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.sequence.OneHotLayout;
import org.deepliftc.data.sequence.ShuffledReferences;

/** Dinucleotide shuffles of each example, made when they are needed; for one thread. */
final class ShuffledSource implements ReferenceSource {
    private final Object sequences;
    private final String input;
    private final int size;
    private final int count;
    private final ShuffledReferences shuffler;
    private final float[] sequence;
    private final float[] shuffles;
    private int held = -1;
    private int unshuffleable;

    private ShuffledSource(Object sequences, InputDeclaration input, SequenceLayout layout, int count, long seed) {
        this.sequences = sequences;
        this.input = input.name();
        this.size = input.shape().size();
        this.count = count;
        OneHotLayout order = layout.baseAxis() == 0 ? OneHotLayout.CHANNELS_FIRST : OneHotLayout.CHANNELS_LAST;
        this.shuffler = new ShuffledReferences(layout.length(), order, count, seed);
        this.sequence = new float[size];
        this.shuffles = new float[size * count];
    }

    /**
     * Shuffles of {@code sequences}, {@code [examples, input shape]}.
     *
     * @throws UserError if the input holds no sequences, or the shuffles of one example do not fit
     */
    static ShuffledSource of(Object sequences, InputDeclaration input, int count, long seed) {
        SequenceLayout layout = SequenceLayout.of(input.shape().dims(), input.onehot())
                .orElseThrow(() -> new UserError("input '" + input.name() + "' is "
                        + FileArray.examplesOf(input.shape().dims())
                        + ", and only one-hot sequences, [4, length] or [length, 4], can be shuffled; name its reference,"
                        + " as in --reference " + input.name() + "=zeros"));
        long numbers = (long) count * input.shape().size();
        if (numbers > Integer.MAX_VALUE - 64) {
            throw new UserError("--reference shuffle:" + count + " of " + layout.length()
                    + " bases makes more numbers for one example than an array holds; ask for fewer shuffles");
        }
        Numbers.require(numbers * Float.BYTES, count + " shuffles of one sequence");
        return new ShuffledSource(sequences, input, layout, count, seed);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public boolean perExample() {
        return true;
    }

    @Override
    public void write(int example, int k, Object to, int offset) {
        if (held != example) {
            shuffle(example);
        }
        if (to instanceof float[]) {
            System.arraycopy(shuffles, k * size, to, offset, size);
        } else {
            for (int i = 0; i < size; i++) {
                Numbers.set(to, offset + i, shuffles[k * size + i]);
            }
        }
    }

    private void shuffle(int example) {
        for (int i = 0; i < size; i++) {
            sequence[i] = (float) Numbers.get(sequences, example * size + i);
        }
        try {
            if (!shuffler.shuffle(sequence, 0, example, shuffles, 0)) {
                unshuffleable++;
            }
        } catch (IllegalArgumentException e) {
            throw new UserError("--reference shuffle: input '" + input + "', " + e.getMessage(), e);
        }
        held = example;
    }

    @Override
    public Optional<String> remark() {
        return unshuffleable == 0
                ? Optional.empty()
                : Optional.of(Quantity.count(unshuffleable, "sequence") + " of input '" + input
                        + "' can only be shuffled into themselves, so their explanations are all zeros");
    }
}
