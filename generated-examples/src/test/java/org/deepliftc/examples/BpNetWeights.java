package org.deepliftc.examples;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepliftc.data.DataArray;

/**
 * Weights of a network that knows two motifs. Filters 0 and 1 of the first layer are those motifs, written down by hand;
 * both heads read what the filters carry through the residual sums. Everything else is random and small.
 */
final class BpNetWeights {
    private static final int FILTERS = 32;
    private static final int WIDTH = 21;
    private static final int PROFILE = 25;
    private static final int LAYERS = 6;
    private static final String[] MOTIFS = {"TGATAAG", "CAGATG"};

    private BpNetWeights() {}

    static Map<String, DataArray> tensors() {
        Map<String, DataArray> tensors = new LinkedHashMap<>();
        new SeededLayer("first", 0.25, FILTERS, 4, WIDTH).addTo(tensors);
        for (int i = 1; i <= LAYERS; i++) {
            new SeededLayer("dilated" + i, 0.25, FILTERS, FILTERS, 3).addTo(tensors);
        }
        new SeededLayer("profile", 0.15, 1, FILTERS, PROFILE).addTo(tensors);
        new SeededLayer("count", 0.1, 1, FILTERS).addTo(tensors);
        for (int motif = 0; motif < MOTIFS.length; motif++) {
            know(tensors, motif);
        }
        return tensors;
    }

    /** One for the base of the motif, minus one for the others; a site with more than one mismatch is below zero. */
    private static void know(Map<String, DataArray> tensors, int motif) {
        String bases = MOTIFS[motif];
        float[] filters = tensors.get("first.weight").toFloats();
        float[] biases = tensors.get("first.bias").toFloats();
        int first = (WIDTH - bases.length()) / 2;
        for (int position = 0; position < WIDTH; position++) {
            for (int base = 0; base < 4; base++) {
                int inside = position - first;
                boolean known = inside >= 0 && inside < bases.length();
                float weight = known ? "ACGT".charAt(base) == bases.charAt(inside) ? 1 : -1 : 0;
                filters[(motif * 4 + base) * WIDTH + position] = weight;
            }
        }
        biases[motif] = 2.5f - bases.length();
        tensors.put("first.weight", DataArray.of(filters, FILTERS, 4, WIDTH));
        tensors.put("first.bias", DataArray.of(biases));
        float[] profile = tensors.get("profile.weight").toFloats();
        for (int position = 0; position < PROFILE; position++) {
            double offset = (position - PROFILE / 2) / 4.0;
            profile[motif * PROFILE + position] = (float) Math.exp(-offset * offset / 2);
        }
        tensors.put("profile.weight", DataArray.of(profile, 1, FILTERS, PROFILE));
        float[] count = tensors.get("count.weight").toFloats();
        count[motif] = 20;
        tensors.put("count.weight", DataArray.of(count, 1, FILTERS));
    }
}
