package org.deepliftc.compiler.importer;

import java.util.List;
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
}
