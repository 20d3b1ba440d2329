package org.deepliftc.cli.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.data.sequence.Fasta;
import org.deepliftc.data.sequence.FastaRecord;
import org.deepliftc.data.sequence.OneHot;

/** Reads a FASTA file as the one-hot input of a model. */
final class SequenceFile {
    private SequenceFile() {}

    /** Every sequence of the file, which must have the length of the input. */
    static FileArray read(Path file, InputDeclaration input, Precision precision) throws IOException {
        SequenceLayout layout = SequenceLayout.of(input.shape().dims(), input.onehot())
                .orElseThrow(() -> new UserError(file + " holds sequences, but input '" + input.name()
                        + "' of the model is "
                        + FileArray.examplesOf(input.shape().dims())
                        + "; sequences are one-hot encoded into [examples, 4, length] or [examples, length, 4]"));
        List<String> names = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        List<byte[]> codes = new ArrayList<>();
        try (Fasta fasta = Fasta.open(file)) {
            for (Optional<FastaRecord> next = fasta.next(); next.isPresent(); next = fasta.next()) {
                FastaRecord record = next.get();
                if (record.length() != layout.length()) {
                    throw new UserError(file + ": sequence '" + record.name() + "' in line " + record.line() + " has "
                            + record.length() + " bases, but input '" + input.name() + "' of the model takes "
                            + layout.length());
                }
                names.add(record.name());
                headers.add(record.description());
                codes.add(record.codes());
            }
        }
        List<Integer> shape = new ArrayList<>(List.of(codes.size()));
        shape.addAll(input.shape().dims());
        return new FileArray(
                file, "", shape, encoded(codes, layout, precision, file), names, headers, List.of(), false);
    }

    private static Object encoded(List<byte[]> codes, SequenceLayout layout, Precision precision, Path file) {
        int size = 4 * layout.length();
        Object values = Numbers.allocate(precision, (long) codes.size() * size, file + " one-hot encoded");
        for (int row = 0; row < codes.size(); row++) {
            byte[] sequence = codes.get(row);
            for (int position = 0; position < sequence.length; position++) {
                if (sequence[position] != OneHot.ANY) {
                    Numbers.set(values, row * size + layout.index(sequence[position], position), 1);
                }
            }
        }
        return values;
    }
}
