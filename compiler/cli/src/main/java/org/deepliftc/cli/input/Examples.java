package org.deepliftc.cli.input;

import java.util.List;

/**
 * The examples of a run: one array per model input in declared order.
 *
 * @param count how many examples
 * @param arrays {@code [count, input shape]} each
 * @param ids the name of each example: from the file, else its number
 * @param headers what the file of each input says of each example; an empty list where it says nothing
 * @param columns the feature names of each input; an empty list where the file has none
 */
public record Examples(
        int count, Object[] arrays, List<String> ids, List<List<String>> headers, List<List<String>> columns) {

    /** The sites annotated on an example of an input; empty where there are none. */
    public List<Site> sites(int input, int example, int length) {
        List<String> lines = headers.get(input);
        return lines.isEmpty() ? List.of() : Site.ofHeader(lines.get(example), length);
    }
}
