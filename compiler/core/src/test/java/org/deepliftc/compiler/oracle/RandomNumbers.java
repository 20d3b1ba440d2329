package org.deepliftc.compiler.oracle;

import java.util.Random;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;

/** Random weights and inputs: continuous, or few and round so that they tie. */
final class RandomNumbers {
    private static final double[] ROUND = {-2, -1, -0.5, 0, 0, 0.5, 1, 2};

    private final Random random;
    private final boolean round;

    RandomNumbers(Random random, boolean round) {
        this.random = random;
        this.round = round;
    }

    double next() {
        return round ? ROUND[random.nextInt(ROUND.length)] : random.nextGaussian();
    }

    double[] array(int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = next();
        }
        return values;
    }

    /** Weights that keep the scale of what they read: each sum has {@code terms} terms. */
    ConstantData weights(Shape shape, int terms) {
        double[] values = array(shape.size());
        double scale = round ? 0.5 : 1 / Math.sqrt(terms);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return ConstantData.real(shape, values);
    }

    /** Between {@code low} and twice that. */
    ConstantData positive(Shape shape, double low) {
        double[] values = new double[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = low * (1 + random.nextDouble());
        }
        return ConstantData.real(shape, values);
    }

    /** {@code values} with about a quarter of its elements drawn anew, a quarter set to 0, the rest kept or drawn. */
    double[] reference(double[] values) {
        double[] reference = values.clone();
        double kept = random.nextInt(4) * 0.25;
        for (int i = 0; i < values.length; i++) {
            if (random.nextDouble() >= kept) {
                reference[i] = random.nextInt(4) == 0 ? 0 : next();
            }
        }
        return reference;
    }

    /** One 1 in each group along the axis of extent {@code extent} and stride {@code step}; the rest 0. */
    double[] oneHot(int size, int extent, int step) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            if (i / step % extent == 0) {
                values[i + random.nextInt(extent) * step] = 1;
            }
        }
        return values;
    }
}
