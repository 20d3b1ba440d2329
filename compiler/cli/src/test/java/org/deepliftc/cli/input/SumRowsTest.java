package org.deepliftc.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Model.SumConstraint;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

final class SumRowsTest {
    private static final Shape SHAPE = Shape.of(2, 3);

    @Test
    void countsExamplesWithALineThatDoesNotSum() {
        float[] rows = {
            0.1f, 0.2f, 0.7f, 0.9f, 0.8f, 0.3f, // columns sum to 1, rows do not
            1, 0, 0, 0, 1, 0, // rows sum to 1, columns do not
            0.5f, 0.5f, 0, 0.5f, 0.5f, 0
        };
        assertThat(SumRows.violations(rows, 3, SHAPE, new SumConstraint(0, 1))).isEqualTo(2);
        assertThat(SumRows.violations(rows, 3, SHAPE, new SumConstraint(1, 1))).isEqualTo(1);
        assertThat(SumRows.violations(rows, 3, SHAPE, new SumConstraint(1, 2))).isEqualTo(3);
    }

    @Test
    void roundingIsNoViolation() {
        float[] row = new float[1000];
        java.util.Arrays.fill(row, 0.001f);
        assertThat(SumRows.violations(row, 1, Shape.of(1000), new SumConstraint(0, 1)))
                .isZero();
        assertThat(SumRows.violations(new double[] {1e6, -1e6}, 1, Shape.of(2), new SumConstraint(0, 0)))
                .isZero();
    }
}
