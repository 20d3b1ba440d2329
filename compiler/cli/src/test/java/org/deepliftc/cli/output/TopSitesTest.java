package org.deepliftc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.cli.output.TopSites.Window;
import org.junit.jupiter.api.Test;

class TopSitesTest {
    private static final double[] HEIGHTS = {0, 1, 5, 1, 0, -3, 2, 2, 0};

    @Test
    void takesTheHighestSumsThatDoNotOverlap() {
        assertThat(TopSites.best(HEIGHTS, 3, 2)).containsExactly(new Window(1, 4, 7), new Window(6, 9, 4));
    }

    @Test
    void takesTheLeftmostOfEquals() {
        assertThat(TopSites.best(new double[] {1, 1, 1, 1}, 2, 1)).containsExactly(new Window(0, 2, 2));
    }

    @Test
    void takesWhatThereIs() {
        assertThat(TopSites.best(HEIGHTS, 7, 5)).hasSize(1);
        assertThat(TopSites.best(new double[] {1, 2}, 7, 3)).containsExactly(new Window(0, 2, 3));
    }
}
