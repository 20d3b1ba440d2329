package org.deepliftc.compiler.importer.onnx.file;

import java.util.List;
import java.util.Map;

/**
 * A node of the file.
 *
 * @param domain empty for the operators of ONNX itself
 * @param inputs names of tensors; empty for optional inputs left out
 */
public record OnnxNode(
        String name,
        String domain,
        String type,
        List<String> inputs,
        List<String> outputs,
        Map<String, OnnxAttribute> attributes) {

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** The node in a message: {@code Conv 'conv1'}, after its first output where it has no name. */
    public String described() {
        String own = name.isEmpty()
                ? outputs.stream().filter(o -> !o.isEmpty()).findFirst().orElse("")
                : name;
        return type + (own.isEmpty() ? "" : " '" + own + "'");
    }
}
