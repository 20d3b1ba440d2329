package org.deepliftc.compiler.importer.keras.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Weights as a legacy file has them: a group a layer, whose attribute lists the paths of its arrays in order. */
final class LegacyWeights implements LayerWeights {
    private final Hdf weights;

    LegacyWeights(Hdf weights) {
        this.weights = weights;
    }

    @Override
    public List<StoredArray> of(String layer, String numbered) {
        // a name may have slashes, which HDF5 takes for groups
        Optional<Hdf> group = weights.path(Arrays.asList(layer.split("/")));
        List<StoredArray> arrays = new ArrayList<>();
        group.ifPresent(found -> names(found).forEach(name -> arrays.add(array(found, name))));
        return arrays;
    }

    /** The attribute, which Keras splits into numbered ones where it is long. */
    private static List<String> names(Hdf layer) {
        List<String> names = new ArrayList<>(layer.texts("weight_names"));
        List<String> chunk = layer.texts("weight_names0");
        for (int i = 1; !chunk.isEmpty(); i++) {
            names.addAll(chunk);
            chunk = layer.texts("weight_names" + i);
        }
        return names;
    }

    private static StoredArray array(Hdf layer, String name) {
        List<String> path = Arrays.asList(name.split("/"));
        return layer.path(path.subList(0, path.size() - 1))
                .flatMap(group -> group.array(path.get(path.size() - 1)))
                .orElseThrow(() -> new KerasFileException("the weight '" + name + "' is missing", Hdf.REMEDY));
    }

    @Override
    public Optional<LayerWeights> inside(String layer, String numbered) {
        return Optional.empty();
    }
}
