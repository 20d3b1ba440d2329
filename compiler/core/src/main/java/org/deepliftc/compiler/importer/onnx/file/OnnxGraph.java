package org.deepliftc.compiler.importer.onnx.file;

import java.util.List;
import java.util.Map;

/**
 * A model file.
 *
 * @param opsets the version of each domain's operators
 * @param initializers constants by name
 */
public record OnnxGraph(
        Map<String, Long> opsets,
        List<OnnxNode> nodes,
        Map<String, StoredTensor> initializers,
        List<OnnxValue> inputs,
        List<OnnxValue> outputs) {

    public OnnxGraph {
        opsets = Map.copyOf(opsets);
        nodes = List.copyOf(nodes);
        initializers = Map.copyOf(initializers);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
