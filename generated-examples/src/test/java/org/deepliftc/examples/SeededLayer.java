package org.deepliftc.examples;

import java.util.Map;
import java.util.Random;
import org.deepliftc.data.DataArray;

/**
 * A layer with random parameters that are the same on every machine: weights from N(0, gain² 2 / fan-in), which keeps
 * activations at their size through ReLU layers where the gain is 1 (He et al. 2015), and biases from N(0, 0.05²). No
 * bias is zero, so a reference of zeros has activations of its own and DeepLIFT differs from gradient * input.
 *
 * @param name the layer's name in the weights file
 * @param weightShape {@code [out, in, window...]}
 */
public record SeededLayer(String name, double gain, int... weightShape) implements SeededParameters {
    private static final long SEED = 20_240_229;
    private static final double BIAS_DEVIATION = 0.05;

    /** A layer in front of a ReLU. */
    public static SeededLayer he(String name, int... weightShape) {
        return new SeededLayer(name, 1, weightShape);
    }

    /** Adds {@code name.weight} and {@code name.bias}. */
    @Override
    public void addTo(Map<String, DataArray> tensors) {
        addTo(name + ".weight", name + ".bias", tensors);
    }

    /** Adds both under names of another style. */
    public void addTo(String weight, String bias, Map<String, DataArray> tensors) {
        int out = weightShape[0];
        int fanIn = 1;
        for (int axis = 1; axis < weightShape.length; axis++) {
            fanIn *= weightShape[axis];
        }
        tensors.put(weight, normal(weight, 0, gain * Math.sqrt(2.0 / fanIn), weightShape));
        tensors.put(bias, normal(bias, 0, BIAS_DEVIATION, out));
    }

    /**
     * A tensor of numbers from N(mean, deviation²) that follow from its name. The order of {@link Random}'s numbers is
     * part of its specification.
     */
    static DataArray normal(String tensor, double mean, double deviation, int... shape) {
        int count = 1;
        for (int extent : shape) {
            count *= extent;
        }
        Random random = new Random(SEED + tensor.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return DataArray.of(values, shape);
    }
}
