package org.deepliftc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackingTest {

    @Test
    void transposesAMatrix() {
        float[] source = {1, 2, 3, 4, 5, 6};
        int[] axes = {2, 2, 0, 1, 3, 3, 0, 2};
        assertThat(Packing.place(source, axes, 6)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(source).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void cutsAnAxisIntoPaddedPanels() {
        int[] source = {1, 2, 3, 4, 5, 6};
        // Three outputs of two inputs in panels of two: [panel][input][lane].
        int[] axes = {3, 2, 4, 1, 2, 2, 0, 2};
        assertThat(Packing.place(source, axes, 8)).containsExactly(1, 3, 2, 4, 5, 0, 6, 0);
    }

    @Test
    void movesEveryElementWhereItsAxesSay() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int rank = 1 + random.nextInt(5);
            int[] axes = new int[4 * rank];
            int length = 1;
            int size = 1;
            for (int axis : order(rank, random)) {
                int extent = 1 + random.nextInt(rank > 3 ? 5 : 40);
                int block = 1 + random.nextInt(extent);
                axes[4 * axis] = extent;
                axes[4 * axis + 1] = block;
                axes[4 * axis + 3] = size;
                axes[4 * axis + 2] = size * block;
                size *= (extent + block - 1) / block * block;
                length *= extent;
            }
            int[] source = IntStream.rangeClosed(1, length).toArray();
            int[] expected = byIndex(source, axes, size);
            assertThat(Packing.place(source, axes, size))
                    .as(Arrays.toString(axes))
                    .isEqualTo(expected);
            assertThat(Packing.place(Arrays.stream(source).asDoubleStream().toArray(), axes, size))
                    .isEqualTo(Arrays.stream(expected).asDoubleStream().toArray());
            assertThat(Packing.place(floats(source), axes, size)).isEqualTo(floats(expected));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.place(new float[5], new int[] {2, 2, 0, 1}, 2))
                .withMessage("axes of 2 elements for an array of 5");
        assertThatIllegalArgumentException().isThrownBy(() -> Packing.place(new float[5], new int[] {5, 5, 0, 2}, 8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.place(new int[1], new int[] {65537, 1, 0, 0, 65537, 1, 0, 0}, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.place(new int[6], new int[] {-2, 1, 0, 1, -3, 1, 0, 1}, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> Packing.place(new int[6], new int[] {6, 6, 0}, 6));
    }

    private static int[] byIndex(int[] source, int[] axes, int size) {
        int[] result = new int[size];
        for (int i = 0; i < source.length; i++) {
            int rest = i;
            int to = 0;
            for (int axis = axes.length - 4; axis >= 0; axis -= 4) {
                int at = rest % axes[axis];
                rest /= axes[axis];
                to += at / axes[axis + 1] * axes[axis + 2] + at % axes[axis + 1] * axes[axis + 3];
            }
            result[to] = source[i];
        }
        return result;
    }

    private static int[] order(int rank, Random random) {
        int[] order = IntStream.range(0, rank).toArray();
        for (int i = rank - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    private static float[] floats(int[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }
}
