package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.deepliftc.cli.input.OneHotRows;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model.InputDeclaration;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

class BenchInputsTest {
    private static final Shape DNA = Shape.of(4, 50);
    private final BenchInputs inputs = new BenchInputs(
            List.of(
                    new InputDeclaration("dna", DNA, OptionalInt.of(0), true),
                    new InputDeclaration("x", Shape.of(1000), OptionalInt.empty(), false)),
            Precision.FLOAT);

    @Test
    void respectsTheConstraintOfOneHotInputs() {
        float[] dna = (float[]) inputs.rows(7, 3)[0];

        assertThat(dna).hasSize(7 * 200);
        assertThat(OneHotRows.violations(dna, 7, DNA, 0)).isZero();
    }

    @Test
    void drawsStandardNormalNumbers() {
        float[] x = (float[]) inputs.rows(10, 3)[1];
        double sum = 0;
        double squares = 0;
        for (float value : x) {
            sum += value;
            squares += value * value;
        }

        assertThat(sum / x.length).isBetween(-0.05, 0.05);
        assertThat(squares / x.length).isBetween(0.93, 1.07);
    }

    @Test
    void repeatsItselfForTheSameSeedOnly() {
        assertThat(inputs.rows(2, 5)[0]).isEqualTo(inputs.rows(2, 5)[0]);
        assertThat(inputs.rows(2, 5)[1]).isNotEqualTo(inputs.rows(2, 6)[1]);
    }
}
