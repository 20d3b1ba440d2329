package org.deepliftc.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deepliftc.data.DataArray;
import org.deepliftc.data.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShuffledReferencesTest {
    private static final byte[] CODES = {0, 1, 4, 2, 3, 0, 2, 4, 1, 1, 0, 3, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1};

    @ParameterizedTest
    @EnumSource(OneHotLayout.class)
    void buildsOneHotReferencesPerExample(OneHotLayout layout) throws DataFormatException {
        float[] values = new float[96];
        OneHot.encode(CODES, 0, 12, layout, values, 0);
        OneHot.encode(CODES, 12, 12, layout, values, 48);
        int[] one = layout.shape(12);
        DataArray batch = DataArray.of(values, 2, one[0], one[1]);
        ShuffledReferences.Batch references = ShuffledReferences.of(batch, layout, 3, 9, 0);
        assertThat(references.values().shape()).containsExactly(2, 3, one[0], one[1]);
        assertThat(references.unshuffleable()).containsExactly(1);
        byte[] expected = new byte[12];
        byte[] codes = new byte[12];
        for (int copy = 0; copy < 3; copy++) {
            new DinucleotideShuffle().shuffle(CODES, 0, 12, expected, 0, 9, 0, copy);
            assertThat(OneHot.decode(references.values().toFloats(), copy * 48, 12, layout, codes, 0))
                    .isEqualTo(-1);
            assertThat(codes).isEqualTo(expected);
        }
        DataArray second =
                ShuffledReferences.of(batch.slice(1, 2), layout, 3, 9, 1).values();
        assertThat(second).isEqualTo(references.values().slice(1, 2));
    }

    @Test
    void namesExampleAndPositionThatIsNotOneHot() {
        for (float wrong : new float[] {0.5f, 2f, Float.NaN, -1f, 1f}) {
            float[] values = new float[3 * 4 * 5];
            values[2 * 20 + 3] = 1;
            values[2 * 20 + 5 + 3] = wrong;
            DataArray batch = DataArray.of(values, 3, 4, 5).withOrigin("x.npz: 'dna'");
            assertThatThrownBy(() -> ShuffledReferences.of(batch, OneHotLayout.CHANNELS_FIRST, 2, 0, 100))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("x.npz: 'dna': example 102, position 3 is not one-hot");
        }
    }

    @Test
    void refusesWrongShapesAndCounts() {
        DataArray batch = DataArray.of(new float[60], 3, 4, 5);
        assertThatThrownBy(() -> ShuffledReferences.of(batch, OneHotLayout.CHANNELS_LAST, 2, 0, 0))
                .hasMessageContaining("[3, 4, 5]")
                .hasMessageContaining("[examples, length, 4]");
        assertThatThrownBy(() -> ShuffledReferences.of(batch.reshape(60), OneHotLayout.CHANNELS_FIRST, 2, 0, 0))
                .isInstanceOf(DataFormatException.class);
        for (int copies : new int[] {0, -1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> ShuffledReferences.of(batch, OneHotLayout.CHANNELS_FIRST, copies, 0, 0))
                    .isInstanceOf(DataFormatException.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShuffledReferences(1 << 20, OneHotLayout.CHANNELS_FIRST, 1 << 20, 0));
    }
}
