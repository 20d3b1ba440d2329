package org.deepliftc.compiler.importer.keras.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights as {@code model.weights.h5} of an archive has them: {@code layers/dense_1/vars/0}. */
final class ArchiveWeights implements LayerWeights {
    /** What layers hold their parts by. */
    private static final List<String> PARTS = List.of("cell", "layer", "forward_layer", "backward_layer");

    private final Optional<Hdf> layers;
    private final Map<String, Hdf> named = new HashMap<>();

    ArchiveWeights(Hdf model) {
        layers = model.group("layers").or(() -> model.group("_layer_checkpoint_dependencies"));
        layers.ifPresent(all -> {
            for (String child : all.names()) {
                Optional<Hdf> layer = all.group(child);
                layer.flatMap(l -> l.group("vars"))
                        .flatMap(vars -> vars.text("name"))
                        .ifPresent(name -> named.putIfAbsent(name, layer.orElseThrow()));
            }
        });
    }

    private Optional<Hdf> layer(String layer, String numbered) {
        if (!named.isEmpty()) {
            return Optional.ofNullable(named.get(layer));
        }
        return layers.flatMap(all -> all.group(numbered).or(() -> all.group(layer)));
    }

    @Override
    public List<StoredArray> of(String layer, String numbered) {
        List<StoredArray> arrays = new ArrayList<>();
        layer(layer, numbered).ifPresent(group -> collect(group, arrays, 0));
        return arrays;
    }

    private static void collect(Hdf group, List<StoredArray> arrays, int depth) {
        group.group("vars").ifPresent(vars -> {
            Optional<StoredArray> next = vars.array("0");
            for (int i = 1; next.isPresent(); i++) {
                arrays.add(next.get());
                next = vars.array(String.valueOf(i));
            }
        });
        if (depth < PARTS.size()) {
            PARTS.forEach(part -> group.group(part).ifPresent(inner -> collect(inner, arrays, depth + 1)));
        }
    }

    @Override
    public Optional<LayerWeights> inside(String layer, String numbered) {
        return layer(layer, numbered).map(ArchiveWeights::new);
    }
}
