package org.deepliftc.compiler.print;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.data.DataArray;

/** The tensors of the weights file: a layer's own under the layer's name, shared ones under theirs. */
final class StoredTensors {
    private final Map<Node, Integer> readers = new HashMap<>();
    private final Map<Node, String> names = new HashMap<>();
    private final Map<String, DataArray> tensors = new TreeMap<>();
    private final Set<String> bases = new HashSet<>();

    StoredTensors(Graph graph) {
        for (Node node : graph.nodes()) {
            node.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        graph.outputs().values().forEach(output -> readers.merge(output, 1, Integer::sum));
    }

    Map<String, DataArray> tensors() {
        return tensors;
    }

    /**
     * The name under which a layer finds all its weights, as {@code name.weight} and {@code name.bias}; empty where one
     * of them is shared with another layer.
     *
     * @param suffixes what each of {@code weights} is called below the name
     * @param absent a suffix of the same layer that must not exist; empty for none
     */
    Optional<String> layer(String definition, List<Node> weights, List<String> suffixes, String absent) {
        if (weights.stream().anyMatch(w -> readers.get(w) > 1 || names.containsKey(w))) {
            return Optional.empty();
        }
        List<String> candidates = new ArrayList<>();
        String first = weights.get(0).name();
        if (first.endsWith(suffixes.get(0))) {
            candidates.add(first.substring(0, first.length() - suffixes.get(0).length()));
        }
        candidates.add(definition);
        for (String base : candidates) {
            if (isFree(base, weights, suffixes, absent)) {
                bases.add(base);
                for (int i = 0; i < weights.size(); i++) {
                    store(weights.get(i), base + suffixes.get(i), weights.get(i).shape());
                }
                return Optional.of(base);
            }
        }
        return Optional.empty();
    }

    /** Stores the weights of a layer, each below one name with its suffix, and answers that name. */
    String made(String definition, Map<String, ConstantData> weights) {
        String wanted = safe(definition);
        String base = wanted;
        for (int i = 2; isTaken(base); i++) {
            base = wanted + "_" + i;
        }
        bases.add(base);
        for (Map.Entry<String, ConstantData> weight : weights.entrySet()) {
            tensors.put(
                    base + weight.getKey(),
                    array(weight.getValue(), weight.getValue().shape()));
        }
        return base;
    }

    private boolean isTaken(String base) {
        return bases.contains(base) || tensors.keySet().stream().anyMatch(name -> name.startsWith(base + "."));
    }

    private boolean isFree(String base, List<Node> weights, List<String> suffixes, String absent) {
        boolean taken = base.isEmpty() || !base.equals(safe(base)) || bases.contains(base);
        taken |= suffixes.stream().anyMatch(suffix -> tensors.containsKey(base + suffix));
        taken |= !absent.isEmpty() && tensors.containsKey(base + absent);
        for (int i = 1; i < weights.size() && !taken; i++) {
            // a name from the file serves only where the file gave it to all of them
            String own = weights.get(i).name();
            boolean related =
                    own.equals(base + suffixes.get(i)) || !weights.get(0).name().startsWith(base + ".");
            taken = !related;
        }
        return !taken;
    }

    /** The name of a tensor read on its own. */
    String single(Node constant, String otherwise) {
        return single(constant, otherwise, constant.shape());
    }

    /** The name of a tensor stored under another shape of equal size. */
    String single(Node constant, String otherwise, Shape shape) {
        String known = names.get(constant);
        if (known != null) {
            return known;
        }
        boolean speaks = constant.name().chars().anyMatch(Character::isLetter)
                && !constant.name().startsWith("onnx::")
                && !constant.name().startsWith("constant");
        String wanted = safe(speaks ? constant.name() : otherwise);
        // a number behind "conv.bias" would still leave it a weight of "conv"
        String stem = belongsToLayer(wanted) ? wanted.replace('.', '_') : wanted;
        String name = stem;
        for (int i = 2; tensors.containsKey(name) || belongsToLayer(name); i++) {
            name = stem + "_" + i;
        }
        store(constant, name, shape);
        return name;
    }

    /** A tensor that would turn up as another weight of a layer already printed. */
    private boolean belongsToLayer(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && bases.contains(name.substring(0, dot)) || bases.contains(name);
    }

    private void store(Node constant, String name, Shape shape) {
        names.put(constant, name);
        tensors.put(name, array(constant.constant(), shape));
    }

    private static DataArray array(ConstantData data, Shape shape) {
        double[] values = data.toArray();
        float[] floats = new float[values.length];
        boolean fits = true;
        for (int i = 0; i < values.length && fits; i++) {
            floats[i] = (float) values[i];
            fits = floats[i] == values[i];
        }
        // an array without extents is a list to its factory; the reshape makes it a scalar
        return (fits ? DataArray.of(floats) : DataArray.of(values)).reshape(shape.toArray());
    }

    /** Printable, without what a string literal would escape or an alias is told by. */
    static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9_./-]", "_");
    }
}
