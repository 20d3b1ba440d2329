package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

class OneHotRowsTest {
    @Test
    void countsExamplesThatBreakTheConstraintAlongAnyAxis() {
        float[] rows = {
            1, 0, 0, 1, // one-hot along both axes
            1, 1, 0, 0, // along axis 0 alone
            0, 0, 0, 0, // along none
            0.5f, 1, 0.5f, 0
        };

        assertThat(OneHotRows.violations(rows, 4, Shape.of(2, 2), 0)).isEqualTo(2);
        assertThat(OneHotRows.violations(rows, 4, Shape.of(2, 2), 1)).isEqualTo(3);
    }

    @Test
    void looksAtMiddleAxes() {
        double[] row = {1, 0, 0, 1, 0, 1, 1, 0}; // [2, 2, 2], one-hot along axis 1

        assertThat(OneHotRows.violations(row, 1, Shape.of(2, 2, 2), 1)).isZero();
        row[0] = 0;
        assertThat(OneHotRows.violations(row, 1, Shape.of(2, 2, 2), 1)).isEqualTo(1);
    }
}
