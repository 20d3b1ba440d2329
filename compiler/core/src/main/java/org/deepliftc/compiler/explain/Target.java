package org.deepliftc.compiler.explain;

import java.util.ArrayList;
import java.util.List;

/** Which neuron of the explained point is explained. */
public sealed interface Target permits Target.Flat, Target.ByAxis, Target.Max, Target.Any {

    /** One or several neurons by flat, row-major position. */
    record Flat(List<Integer> indices) implements Target {
        public Flat {
            indices = List.copyOf(indices);
        }
    }

    /** One neuron by its position along each axis. */
    record ByAxis(List<Integer> position) implements Target {
        public ByAxis {
            position = List.copyOf(position);
        }
    }

    /** The largest neuron of each example. */
    record Max() implements Target {}

    /** Chosen with every call. */
    record Any() implements Target {}

    /** The default: the first neuron. */
    Target FIRST = new Flat(List.of(0));

    /**
     * Reads {@code 3}, {@code 0,3}, {@code [1,11]}, {@code max} or {@code any}.
     *
     * @throws IllegalArgumentException where the text is none of these
     */
    static Target parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("max")) {
            return new Max();
        }
        if (trimmed.equals("any")) {
            return new Any();
        }
        boolean byAxis = trimmed.startsWith("[") && trimmed.endsWith("]");
        List<Integer> numbers = new ArrayList<>();
        for (String part : (byAxis ? trimmed.substring(1, trimmed.length() - 1) : trimmed).split(",", -1)) {
            numbers.add(number(part.trim(), text));
        }
        return byAxis ? new ByAxis(numbers) : new Flat(numbers);
    }

    private static int number(String part, String whole) {
        try {
            int value = Integer.parseInt(part);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below together with negative numbers
        }
        throw new IllegalArgumentException("target '" + whole
                + "' is none of: an index (3), several (0,3), a position by axis ([1,11]), max, any");
    }
}
