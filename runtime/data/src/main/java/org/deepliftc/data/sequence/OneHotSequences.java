package org.deepliftc.data.sequence;

import java.util.List;
import org.deepliftc.data.DataArray;

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
}
