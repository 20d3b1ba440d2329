package org.deepliftc.compiler.importer.keras;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The layers that have a translation, by their class in Keras. */
final class Layers {
    private static final Map<String, Layer> TABLE = made();

    private final Map<String, Layer> all = new TreeMap<>();

    private Layers() {}

    private static Map<String, Layer> made() {
        Layers table = new Layers();
        ActivationLayers.list(table);
        AffineLayers.list(table);
        PoolLayers.list(table);
        NormalisationLayers.list(table);
        MergeLayers.list(table);
        MovementLayers.list(table);
        RecurrentLayers.list(table);
        return java.util.Collections.unmodifiableMap(table.all);
    }

    void add(String name, Function<LayerCall, Tensor> translation) {
        add(name, "", translation);
    }

    void add(String name, String note, Function<LayerCall, Tensor> translation) {
        all.put(name, new Layer(note, translation));
    }

    static Map<String, Layer> table() {
        return TABLE;
    }

    static Optional<Layer> find(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }
}
