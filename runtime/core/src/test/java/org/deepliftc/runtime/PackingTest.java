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
        assertThat(Packing.permute(source, new int[] {2, 3}, new int[] {1, 0})).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(source).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void movesEveryElementOfRandomShapesWhereItsIndexSays() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int rank = random.nextInt(6);
            int[] shape = random.ints(rank, 1, rank > 3 ? 5 : 70).toArray();
            int[] permutation = shuffled(rank, random);
            int[] source = IntStream.range(0, product(shape)).toArray();
            int[] result = Packing.permute(source, shape, permutation);
            assertThat(result)
                    .as("%s by %s", Arrays.toString(shape), Arrays.toString(permutation))
                    .isEqualTo(byIndex(source, shape, permutation));
            assertThat(Packing.permute(Arrays.stream(source).asDoubleStream().toArray(), shape, permutation))
                    .isEqualTo(Arrays.stream(result).asDoubleStream().toArray());
            assertThat(Packing.permute(floats(source), shape, permutation)).isEqualTo(floats(result));
        }
    }

    @Test
    void returnsACopyEvenOfTheIdentity() {
        double[] source = {1, 2};
        double[] result = Packing.permute(source, new int[] {1, 2}, new int[] {1, 0});
        assertThat(result).containsExactly(1, 2).isNotSameAs(source);
    }

    @Test
    void permutesNothing() {
        assertThat(Packing.permute(new float[0], new int[] {3, 0, 2}, new int[] {2, 1, 0}))
                .isEmpty();
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.permute(new float[5], new int[] {2, 3}, new int[] {1, 0}))
                .withMessage("an array of 5 elements does not have the shape [2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.permute(new int[1], new int[] {65537, 65537, 65537}, new int[] {0, 1, 2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.permute(new int[6], new int[] {-2, -3}, new int[] {0, 1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.permute(new int[6], new int[] {2, 3}, new int[] {1, 1}))
                .withMessage("[1, 1] is no permutation of the axes of [2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Packing.permute(new int[6], new int[] {2, 3}, new int[] {0}));
    }

    private static int[] byIndex(int[] source, int[] shape, int[] permutation) {
        int[] result = new int[source.length];
        int[] index = new int[shape.length];
        for (int i = 0; i < source.length; i++) {
            int rest = i;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            int at = 0;
            for (int axis : permutation) {
                at = at * shape[axis] + index[axis];
            }
            result[at] = source[i];
        }
        return result;
    }

    private static float[] floats(int[] source) {
        float[] result = new float[source.length];
        for (int i = 0; i < source.length; i++) {
            result[i] = source[i];
        }
        return result;
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    private static int[] shuffled(int rank, Random random) {
        int[] order = IntStream.range(0, rank).toArray();
        for (int i = rank - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
