package org.deepliftc.compiler.print;

import java.util.Map;
import java.util.TreeMap;
import org.deepliftc.data.DataArray;

/**
 * A model as text.
 *
 * @param text of the {@code .dlift} file
 * @param tensors of its weights file, by name; empty where the model has none
 */
public record PrintedModel(String text, Map<String, DataArray> tensors) {
    public PrintedModel {
        tensors = java.util.Collections.unmodifiableMap(new TreeMap<>(tensors));
    }

    /** The file the text looks for its tensors in, for a text {@code name.dlift}. */
    public static String weightsFile(String name) {
        return StoredTensors.safe(name).replace('/', '_') + ".safetensors";
    }
}
