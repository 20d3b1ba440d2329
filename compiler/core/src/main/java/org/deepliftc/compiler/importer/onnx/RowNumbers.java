package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.importer.onnx.file.OnnxNode;

/**
 * The tensors that do nothing but choose rows of tables, also after a cast, under another shape or with an offset added that
 * tells tables apart. A look-up takes a number without its fraction, so that they need not be whole.
 */
final class RowNumbers {
    private static final Set<String> PASSED_ON =
            Set.of("Cast", "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose");

    /** Arithmetic of numbers of rows gives numbers of rows, whichever of its inputs they are. */
    private static final Set<String> ARITHMETIC = Set.of("Add", "Sub");

    private final Set<String> names = new HashSet<>();

    /** @param ordered the nodes, producers before their users */
    RowNumbers(List<OnnxNode> ordered, Set<String> outputs) {
        Map<String, Integer> uses = new HashMap<>();
        Map<String, Integer> choices = new HashMap<>();
        List<OnnxNode> backwards = new ArrayList<>(ordered);
        java.util.Collections.reverse(backwards);
        for (OnnxNode node : backwards) {
            int chosenBy = node.type().equals("Gather") ? 1 : makesRowNumbers(node, PASSED_ON) ? 0 : -1;
            for (int i = 0; i < node.inputs().size(); i++) {
                String name = node.inputs().get(i);
                uses.merge(name, 1, Integer::sum);
                boolean chooses = i == chosenBy || makesRowNumbers(node, ARITHMETIC);
                if (chooses && choices.merge(name, 1, Integer::sum).equals(uses.get(name))) {
                    names.add(name);
                } else {
                    names.remove(name);
                }
            }
        }
        names.removeAll(outputs);
    }

    private boolean makesRowNumbers(OnnxNode node, Set<String> types) {
        return types.contains(node.type()) && names.contains(node.outputs().get(0));
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
