package org.deepliftc.benchmarks;

import java.util.Random;

/** Random one-hot DNA sequences {@code [count, 4, 200]}. */
final class Sequences {
    static final int SIZE = 4 * 200;

    private Sequences() {}

    static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count * SIZE];
        for (int i = 0; i < count; i++) {
            for (int p = 0; p < 200; p++) {
                values[i * SIZE + random.nextInt(4) * 200 + p] = 1;
            }
        }
        return values;
    }
}
