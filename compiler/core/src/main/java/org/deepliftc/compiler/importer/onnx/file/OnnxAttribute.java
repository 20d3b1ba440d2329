package org.deepliftc.compiler.importer.onnx.file;

import java.util.List;
import java.util.Optional;

/**
 * An attribute of a node: of the fields those that the file gives, the others empty.
 *
 * @param hasGraph whether it holds a graph, which no operator read here has
 */
public record OnnxAttribute(
        String name,
        Optional<Double> real,
        Optional<Long> integer,
        Optional<String> text,
        Optional<StoredTensor> tensor,
        List<Double> reals,
        List<Long> integers,
        List<String> texts,
        boolean hasGraph) {

    public OnnxAttribute {
        reals = List.copyOf(reals);
        integers = List.copyOf(integers);
        texts = List.copyOf(texts);
    }
}
