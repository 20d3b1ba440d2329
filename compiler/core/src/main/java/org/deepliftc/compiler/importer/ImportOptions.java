package org.deepliftc.compiler.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a user says about a file that the file does not say itself.
 *
 * @param batchAxis the axis of the examples by input name ({@code *} for every input); empty for inputs that hold one
 *     example. Inputs not named here: the only axis without an extent, else axis 0
 * @param shapes extents by input name, as in the file; empty ones for axes that stay as the file says
 */
public record ImportOptions(Map<String, OptionalInt> batchAxis, Map<String, List<Optional<Integer>>> shapes) {

    public static final ImportOptions DEFAULT = new ImportOptions(Map.of(), Map.of());

    public ImportOptions {
        batchAxis = Map.copyOf(batchAxis);
        shapes = Map.copyOf(shapes);
    }

    /**
     * Reads an axis of the examples: a number, or {@code none}.
     *
     * @throws IllegalArgumentException where it is neither
     */
    public static OptionalInt parseAxis(String text) {
        if (text.trim().toLowerCase(Locale.ROOT).equals("none")) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.trim()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is neither an axis nor none", e);
        }
    }

    /**
     * Reads extents such as {@code N,3,224,224}; {@code N} and {@code ?} stay as the file says.
     *
     * @throws IllegalArgumentException naming the one that is no extent
     */
    public static List<Optional<Integer>> parseExtents(String text) {
        List<Optional<Integer>> extents = new ArrayList<>();
        for (String extent : text.split("[,x]", -1)) {
            extents.add(parseExtent(extent.trim()));
        }
        return extents;
    }

    private static Optional<Integer> parseExtent(String text) {
        if (text.equals("?") || text.equalsIgnoreCase("n")) {
            return Optional.empty();
        }
        try {
            int extent = Integer.parseInt(text);
            if (extent > 0) {
                return Optional.of(extent);
            }
        } catch (NumberFormatException e) {
            // reported below, as a number below 1 is
        }
        throw new IllegalArgumentException("'" + text + "' is neither an extent nor N");
    }
}
