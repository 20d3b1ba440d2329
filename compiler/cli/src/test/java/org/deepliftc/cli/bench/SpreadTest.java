package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void ranksMeasurements() {
        Spread spread = new Spread(new double[] {5, 1, 4, 2, 3});

        assertThat(spread.min()).isEqualTo(1);
        assertThat(spread.median()).isEqualTo(3);
        assertThat(spread.max()).isEqualTo(5);
        assertThat(spread.percentile(99)).isEqualTo(5);
        assertThat(spread.percentile(20)).isEqualTo(1);
        assertThat(spread.percentile(21)).isEqualTo(2);
    }

    @Test
    void needsAMeasurement() {
        assertThatThrownBy(() -> new Spread(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
