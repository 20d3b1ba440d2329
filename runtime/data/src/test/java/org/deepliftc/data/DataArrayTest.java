package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DataArrayTest {
    private final DataArray array = DataArray.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);

    @Test
    void knowsItsShape() {
        assertThat(array.shapeText()).isEqualTo("[2, 3]");
        assertThat(array.rows()).isEqualTo(2);
        assertThat(array.toString()).isEqualTo("float32 [2, 3]");
        assertThat(array.reshape(3, 2).shape()).containsExactly(3, 2);
        assertThat(array.slice(1, 2)).isEqualTo(DataArray.of(new float[] {3, 4, 5}, 1, 3));
        assertThat(DataArray.scalar(1).rank()).isZero();
    }

    @Test
    void cannotBeChangedFromOutside() {
        array.shape()[0] = 9;
        array.toFloats()[0] = 9;
        assertThat(array.dimension(0)).isEqualTo(2);
        assertThat(array.get(0)).isZero();
    }

    @Test
    void refusesShapesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> array.reshape(4, 2))
                .withMessageContaining("[4, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> array.reshape(-2, -3))
                .withMessageContaining("negative");
        assertThatIllegalArgumentException().isThrownBy(() -> array.reshape(1 << 20, 1 << 20, 1 << 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataArray.scalar(1).rows())
                .withMessageContaining("no rows");
    }

    @Test
    void convertsToIntsOnlyWhatIsOne() {
        assertThat(DataArray.of(new double[] {-3, 1e9}).toInts()).containsExactly(-3, 1_000_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> DataArray.of(new float[] {0, 0, 0, 1.5f}, 2, 2).toInts())
                .withMessageContaining("element [1, 1] is 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataArray.of(new double[] {Double.NaN}).toInts());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataArray.of(new long[] {1L << 53 | 1}).toInts())
                .withMessageContaining("9007199254740993");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataArray.of(new double[] {0x1p63}).as(DType.I64));
    }

    @Test
    void roundsEveryHalfFloatBackToItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = HalfFloat.fromF16((short) bits);
            float brain = HalfFloat.fromBf16((short) bits);
            if (Float.isNaN(half)) {
                assertThat(HalfFloat.fromF16(HalfFloat.toF16(half))).isNaN();
            } else {
                assertThat(HalfFloat.toF16(half)).isEqualTo((short) bits);
            }
            if (!Float.isNaN(brain)) {
                assertThat(HalfFloat.toBf16(brain)).isEqualTo((short) bits);
            }
        }
        assertThat(HalfFloat.fromF16(HalfFloat.toF16(65520f))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(HalfFloat.fromF16(HalfFloat.toF16(65519f))).isEqualTo(65504f);
        assertThat(HalfFloat.fromF16(HalfFloat.toF16(1 + 0x1p-11f))).isEqualTo(1f);
        assertThat(HalfFloat.fromF16(HalfFloat.toF16(0x1p-25f))).isZero();
        assertThat(HalfFloat.fromF16(HalfFloat.toF16(0x1.8p-25f))).isEqualTo(0x1p-24f);
    }
}
