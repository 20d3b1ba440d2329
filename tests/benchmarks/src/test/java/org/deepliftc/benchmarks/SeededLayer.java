package org.deepliftc.benchmarks;

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
record SeededLayer(String name, double gain, int... weightShape) {
    private static final long SEED = 20_240_229;
    private static final double BIAS_DEVIATION = 0.05;

    /** A layer in front of a ReLU. */
    static SeededLayer he(String name, int... weightShape) {
        return new SeededLayer(name, 1, weightShape);
    }

    /** Adds {@code name.weight} and {@code name.bias}. */
    void addTo(Map<String, DataArray> tensors) {
        int out = weightShape[0];
        int fanIn = 1;
        for (int axis = 1; axis < weightShape.length; axis++) {
            fanIn *= weightShape[axis];
        }
        float[] weights = normal(name + ".weight", out * fanIn, gain * Math.sqrt(2.0 / fanIn));
        tensors.put(name + ".weight", DataArray.of(weights, weightShape));
        tensors.put(name + ".bias", DataArray.of(normal(name + ".bias", out, BIAS_DEVIATION)));
    }

    /** The order of {@link Random}'s numbers is part of its specification. */
    private static float[] normal(String tensor, int count, double deviation) {
        Random random = new Random(SEED + tensor.hashCode());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
