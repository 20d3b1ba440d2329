package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageLayoutTest {
    @Test
    void findsChannelsWhereTheyAre() {
        assertThat(ImageLayout.of(List.of(3, 16, 12))).contains(new ImageLayout(3, 16, 12, false));
        assertThat(ImageLayout.of(List.of(16, 12, 3))).contains(new ImageLayout(3, 16, 12, true));
        assertThat(ImageLayout.of(List.of(64, 7, 7))).contains(new ImageLayout(64, 7, 7, false));
        assertThat(ImageLayout.of(List.of(8, 6))).contains(new ImageLayout(1, 8, 6, false));
        assertThat(ImageLayout.of(List.of(30))).isEmpty();
        assertThat(ImageLayout.of(List.of(1, 30))).isEmpty();
    }

    @Test
    void sumsChannelsOfEitherOrder() {
        double[] first = {1, 2, 3, 4, 10, 20, 30, 40};
        double[] last = {1, 10, 2, 20, 3, 30, 4, 40};
        double[][] sum = {{11, 22}, {33, 44}};
        assertThat(new ImageLayout(2, 2, 2, false).summed(first)).isDeepEqualTo(sum);
        assertThat(new ImageLayout(2, 2, 2, true).summed(last)).isDeepEqualTo(sum);
    }

    @Test
    void showsThreeChannelsAsColoursAndOthersAsGrey() {
        assertThat(new ImageLayout(3, 1, 2, true).seen(new double[] {1, 2, 3, 4, 5, 6}))
                .isDeepEqualTo(new double[][][] {{{1, 4}}, {{2, 5}}, {{3, 6}}});
        assertThat(new ImageLayout(2, 1, 2, false).seen(new double[] {1, 2, 3, 4}))
                .isDeepEqualTo(new double[][][] {{{2, 3}}});
    }
}
