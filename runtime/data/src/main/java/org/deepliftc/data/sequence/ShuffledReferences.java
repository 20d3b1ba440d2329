package org.deepliftc.data.sequence;

import org.deepliftc.data.DataArray;
import org.deepliftc.data.DataFormatException;

/**
 * Makes dinucleotide shuffles of one-hot sequences, to be their references. Unknown bases (all channels zero) are
 * shuffled along as a fifth symbol. An instance is the workspace of one thread.
 */
public final class ShuffledReferences {
    private final int length;
    private final OneHotLayout layout;
    private final int copies;
    private final long seed;
    private final DinucleotideShuffle shuffler = new DinucleotideShuffle();
    private final byte[] codes;
    private final byte[] shuffled;

    /**
     * References of a batch.
     *
     * @param values float32 {@code [examples, copies, ...shape of a sequence]}
     * @param unshuffleable the examples of which only one sequence with their dinucleotides exists: their references
     *     are themselves and explain nothing
     */
    public record Batch(DataArray values, int[] unshuffleable) {}

    /** A workspace for sequences of {@code length} bases, each with {@code copies} shuffles. */
    public ShuffledReferences(int length, OneHotLayout layout, int copies, long seed) {
        if (length < 1 || copies < 1 || (long) length * copies * OneHot.CHANNELS > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(copies + " shuffles of sequences of length " + length
                    + " cannot be made at once; both must be positive and their product fit into one array");
        }
        this.length = length;
        this.layout = layout;
        this.copies = copies;
        this.seed = seed;
        this.codes = new byte[length];
        this.shuffled = new byte[length];
    }

    /**
     * Writes all shuffles of one sequence, {@code copies * 4 * length} floats.
     *
     * @param example the sequence's number in the whole data set, which with the seed decides its shuffles
     * @return whether the sequence has any shuffle but itself
     * @throws IllegalArgumentException naming example and position where the sequence is not one-hot
     */
    public boolean shuffle(float[] sequences, int from, long example, float[] references, int to) {
        int bad = OneHot.decode(sequences, from, length, layout, codes, 0);
        if (bad >= 0) {
            throw new IllegalArgumentException("example " + example + ", position " + bad
                    + " is not one-hot: one channel must be 1 and the others 0, or all 0 where the base is unknown");
        }
        shuffler.load(codes, 0, length);
        for (int copy = 0; copy < copies; copy++) {
            shuffler.shuffle(shuffled, 0, seed, example, copy);
            OneHot.encode(shuffled, 0, length, layout, references, to + copy * OneHot.CHANNELS * length);
        }
        return !shuffler.isOnlyItself();
    }

    /**
     * Makes the references of a batch {@code [examples, 4, length]} or {@code [examples, length, 4]}.
     *
     * @param firstExample the number of the batch's first row in the whole data set
     */
    public static Batch of(DataArray sequences, OneHotLayout layout, int copies, long seed, long firstExample)
            throws DataFormatException {
        int channelAxis = layout == OneHotLayout.CHANNELS_FIRST ? 1 : 2;
        if (sequences.rank() != 3 || sequences.dimension(channelAxis) != OneHot.CHANNELS || sequences.size() == 0) {
            throw error(
                    sequences,
                    "its shape " + sequences.shapeText() + " is not that of one-hot DNA",
                    "give " + (channelAxis == 1 ? "[examples, 4, length]" : "[examples, length, 4]"));
        }
        int one = sequences.size() / sequences.rows();
        if (copies < 1 || (long) sequences.size() * copies > Integer.MAX_VALUE - 8) {
            throw error(
                    sequences,
                    copies + " shuffles of " + sequences.shapeText() + " do not fit into one array",
                    "ask for at least one shuffle and fewer examples at once");
        }
        ShuffledReferences workspace = new ShuffledReferences(one / OneHot.CHANNELS, layout, copies, seed);
        int[] shape = {sequences.rows(), copies, sequences.dimension(1), sequences.dimension(2)};
        return workspace.batch(sequences, shape, firstExample);
    }

    private Batch batch(DataArray sequences, int[] shape, long firstExample) throws DataFormatException {
        int one = OneHot.CHANNELS * length;
        try {
            float[] source = sequences.toFloats();
            float[] references = new float[source.length * copies];
            int[] unshuffleable = new int[shape[0]];
            int count = 0;
            for (int row = 0; row < shape[0]; row++) {
                if (!shuffle(source, row * one, firstExample + row, references, row * copies * one)) {
                    unshuffleable[count++] = row;
                }
            }
            return new Batch(DataArray.of(references, shape), java.util.Arrays.copyOf(unshuffleable, count));
        } catch (IllegalArgumentException e) {
            throw error(sequences, e.getMessage(), "one-hot encode the sequences, or give references in a file");
        } catch (OutOfMemoryError e) {
            throw error(sequences, copies + " shuffles of it do not fit into memory", "raise the limit with -Xmx");
        }
    }

    private static DataFormatException error(DataArray array, String problem, String remedy) {
        return new DataFormatException(array.origin(), "", problem, remedy);
    }
}
