package org.deepliftc.compiler.importer.onnx.file;

import java.util.List;
import java.util.Optional;

/**
 * An input or output of the graph as declared.
 *
 * @param elementType the number of its element type, or 0 where it is no tensor
 * @param dims one entry an axis; empty where no shape is declared
 */
public record OnnxValue(String name, long elementType, Optional<List<Dim>> dims) {
    public OnnxValue {
        dims = dims.map(List::copyOf);
    }

    /**
     * An extent: a number, or else a name, which may be empty.
     *
     * @param extent positive where present
     */
    public record Dim(Optional<Integer> extent, String name) {
        @Override
        public String toString() {
            return extent.map(String::valueOf).orElse(name.isEmpty() ? "?" : name);
        }
    }
}
