package org.deepliftc.cli.input;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an input holds a one-hot DNA sequence.
 *
 * @param baseAxis the axis of length 4, in order A C G T
 * @param length the number of positions
 */
public record SequenceLayout(int baseAxis, int length) {

    /**
     * The layout of an input of this shape, if it can hold a sequence: {@code [4, L]} or {@code [L, 4]}. Where both
     * read alike, {@code onehot} decides, else bases come first.
     */
    public static Optional<SequenceLayout> of(List<Integer> shape, OptionalInt onehot) {
        if (shape.size() != 2) {
            return Optional.empty();
        }
        if (onehot.isPresent()) {
            int axis = onehot.getAsInt();
            return axis < 2 && shape.get(axis) == 4
                    ? Optional.of(new SequenceLayout(axis, shape.get(1 - axis)))
                    : Optional.empty();
        }
        if (shape.get(0) == 4) {
            return Optional.of(new SequenceLayout(0, shape.get(1)));
        }
        return shape.get(1) == 4 ? Optional.of(new SequenceLayout(1, shape.get(0))) : Optional.empty();
    }

    /** Where an example holds {@code base} at {@code position}. */
    public int index(int base, int position) {
        return baseAxis == 0 ? base * length + position : position * 4 + base;
    }

    /** The letters of the example that starts at {@code offset}; N where not exactly one base is 1. */
    public String bases(Object values, int offset) {
        StringBuilder bases = new StringBuilder(length);
        for (int position = 0; position < length; position++) {
            bases.append(base(values, offset, position));
        }
        return bases.toString();
    }

    /** Values {@code [4][length]} of the example that starts at {@code offset}. */
    public double[][] rows(Object values, int offset) {
        double[][] rows = new double[4][length];
        for (int base = 0; base < 4; base++) {
            for (int position = 0; position < length; position++) {
                rows[base][position] = Numbers.get(values, offset + index(base, position));
            }
        }
        return rows;
    }

    private char base(Object values, int offset, int position) {
        char found = 'N';
        for (int base = 0; base < 4; base++) {
            double value = Numbers.get(values, offset + index(base, position));
            if (value == 1 && found == 'N') {
                found = "ACGT".charAt(base);
            } else if (value != 0) {
                return 'N';
            }
        }
        return found;
    }
}
