package org.deepliftc.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepliftc.data.DataArray;

/** Random weights of the size that training leaves: no scale is 1, no shift and no bias is 0. */
final class TransformerWeights {
    private static final int WIDTH = 32;
    private static final int TOKENS = 20;
    private static final int LENGTH = 12;
    private static final int CLASSES = 3;

    private TransformerWeights() {}

    static Map<String, DataArray> tensors() {
        Map<String, DataArray> tensors = new LinkedHashMap<>();
        put(tensors, "tokens", 0, 1, TOKENS, WIDTH);
        put(tensors, "positions", 0, 0.5, LENGTH, WIDTH);
        for (int block = 1; block <= 2; block++) {
            String name = "block" + block;
            norm(tensors, name + ".norm1");
            put(tensors, name + ".attention.in_proj_weight", 0, 0.7 / Math.sqrt(WIDTH), 3 * WIDTH, WIDTH);
            put(tensors, name + ".attention.in_proj_bias", 0, 0.1, 3 * WIDTH);
            put(tensors, name + ".attention.out_proj.weight", 0, 1 / Math.sqrt(WIDTH), WIDTH, WIDTH);
            put(tensors, name + ".attention.out_proj.bias", 0, 0.1, WIDTH);
            norm(tensors, name + ".norm2");
            new SeededLayer(name + ".up", 1, 4 * WIDTH, WIDTH).addTo(tensors);
            new SeededLayer(name + ".down", 0.7, WIDTH, 4 * WIDTH).addTo(tensors);
        }
        norm(tensors, "norm");
        new SeededLayer("out", 2, CLASSES, WIDTH).addTo(tensors);
        return tensors;
    }

    private static void norm(Map<String, DataArray> tensors, String name) {
        put(tensors, name + ".weight", 1, 0.2, WIDTH);
        put(tensors, name + ".bias", 0, 0.1, WIDTH);
    }

    private static void put(Map<String, DataArray> tensors, String name, double mean, double deviation, int... shape) {
        tensors.put(name, SeededLayer.normal("transformer." + name, mean, deviation, shape));
    }
}
