package org.deepliftc.data.sequence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.DataFormatException;

/**
 * Sequences of equal length, ready to be an input.
 *
 * @param names one per sequence, in the file's order
 * @param values float32 {@code [examples, 4, length]} or {@code [examples, length, 4]}
 * @param ambiguous how many bases are coded as all zeros, over all sequences
 */
public record OneHotSequences(List<String> names, DataArray values, long ambiguous) {
    public OneHotSequences {
        names = List.copyOf(names);
    }

    /**
     * Reads all sequences one-hot encoded.
     *
     * @param length the length every sequence must have; when empty, that of the first
     */
    public static OneHotSequences read(Path file, OptionalInt length, OneHotLayout layout) throws IOException {
        List<String> names = new ArrayList<>();
        long ambiguous = 0;
        float[] values = new float[0];
        int wanted = length.orElse(-1);
        int used = 0;
        try (Fasta fasta = Fasta.open(file)) {
            for (Optional<FastaRecord> next = fasta.next(limit(wanted));
                    next.isPresent();
                    next = fasta.next(limit(wanted))) {
                FastaRecord record = next.get();
                wanted = wanted < 0 ? record.length() : wanted;
                requireLength(fasta, record, wanted, names);
                values = withRoom(fasta, values, used, OneHot.CHANNELS * wanted);
                OneHot.encode(record.codes(), 0, wanted, layout, values, used);
                used += OneHot.CHANNELS * wanted;
                names.add(record.name());
                ambiguous += record.ambiguous();
            }
            values = resized(fasta, values, used);
        }
        if (names.isEmpty()) {
            throw new DataFormatException(file.toString(), "", "it holds no sequences", "give a FASTA file with some");
        }
        int[] one = layout.shape(wanted);
        DataArray array = DataArray.of(values, names.size(), one[0], one[1]);
        return new OneHotSequences(names, array.withOrigin(file.toString()), ambiguous);
    }

    private static int limit(int wanted) {
        return wanted < 0 ? Fasta.LONGEST_SEQUENCE : wanted;
    }

    private static void requireLength(Fasta fasta, FastaRecord record, int wanted, List<String> before)
            throws DataFormatException {
        if (record.length() != wanted) {
            throw fasta.error(
                    "'" + record.name() + "', line " + record.line(),
                    "the sequence has " + record.length() + " bases, not " + wanted
                            + (before.isEmpty() ? "" : " as those before it"),
                    "bring all sequences to the model's length");
        }
    }

    private static float[] withRoom(Fasta fasta, float[] values, int used, int more) throws DataFormatException {
        long needed = (long) used + more;
        if (needed <= values.length) {
            return values;
        }
        if (needed > Integer.MAX_VALUE - 8) {
            throw fasta.error("", "it holds more bases than fit into one array", "split the file");
        }
        return resized(fasta, values, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * values.length)));
    }

    private static float[] resized(Fasta fasta, float[] values, int length) throws DataFormatException {
        try {
            return values.length == length ? values : Arrays.copyOf(values, length);
        } catch (OutOfMemoryError e) {
            throw fasta.error(
                    "", "its sequences do not fit into memory", "raise the limit with -Xmx or split the file");
        }
    }
}
