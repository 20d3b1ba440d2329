package org.deepliftc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecimalTest {
    @Test
    void showsFewDigitsInTables() {
        assertThat(Decimal.shortest(0)).isEqualTo("0.0000");
        assertThat(Decimal.shortest(-0.93712)).isEqualTo("-0.9371");
        assertThat(Decimal.shortest(12.345)).isEqualTo("12.35");
        assertThat(Decimal.shortest(1.234e-7)).isEqualTo("1.23e-07");
        assertThat(Decimal.shortest(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void writesAllDigitsIntoFiles() {
        assertThat(Decimal.exact(new float[] {0.1f}, 0)).isEqualTo("0.1");
        assertThat(Decimal.exact(new double[] {1 / 3.0}, 0)).isEqualTo("0.3333333333333333");
    }
}
