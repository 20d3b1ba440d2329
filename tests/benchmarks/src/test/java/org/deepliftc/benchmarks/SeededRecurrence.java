package org.deepliftc.benchmarks;

import java.util.Map;
import org.deepliftc.data.DataArray;
import org.deepliftc.examples.SeededLayer;
import org.deepliftc.examples.SeededParameters;

/**
 * The parameters of a recurrent layer, as PyTorch names them: weights from N(0, 1 / fan-in), with which gates neither
 * saturate nor stand still, and two biases, none of them zero.
 *
 * @param gates how many products with weights a step has
 */
record SeededRecurrence(String name, int gates, int units, int features) implements SeededParameters {
    /** {@link SeededLayer}'s variance is twice what sigmoids want. */
    private static final double GAIN = Math.sqrt(0.5);

    @Override
    public void addTo(Map<String, DataArray> tensors) {
        add("ih", features, tensors);
        add("hh", units, tensors);
    }

    private void add(String what, int fanIn, Map<String, DataArray> tensors) {
        String weight = name + ".weight_" + what;
        String bias = name + ".bias_" + what;
        new SeededLayer(name + "." + what, GAIN, gates * units, fanIn).addTo(weight, bias, tensors);
    }
}
