package org.deepliftc.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.deepliftc.runtime.ModelDescription.ElementType;
import org.junit.jupiter.api.Test;

class CostModelTest {
    private static final double EXACT = 1e-15;

    @Test
    void isBoundByArithmeticOrByTraffic() {
        CostModel model = new CostModel(1e9, 1e10, 1);

        assertThat(model.seconds(5000, 10, 40, 400)).isCloseTo(5e-6, within(EXACT));
        // one multiply-add for each weight of 4 bytes at twice as many bytes a second would wait for memory
        assertThat(new CostModel(1e10, 1e10, 1).seconds(5000, 10, 0, 20_000)).isCloseTo(2e-6, within(EXACT));
    }

    @Test
    void countsElementsWhereNothingIsMultiplied() {
        assertThat(new CostModel(1e9, 1e10, 1).seconds(0, 3000, 0, 0)).isCloseTo(3e-6, within(EXACT));
    }

    @Test
    void sharesOneReadingOfTheWeightsAmongABatch() {
        CostModel eight = new CostModel(1e12, 1e10, 8);

        assertThat(eight.seconds(1000, 1, 0, 80_000)).isCloseTo(1e-6, within(EXACT));
        assertThatIllegalArgumentException().isThrownBy(() -> new CostModel(1, 1, 0));
    }

    @Test
    void knowsFasterCodeAndSlowerMemory() {
        CostModel scalar = CostModel.of(false, ElementType.FLOAT, 1, 1000);
        CostModel vector = CostModel.of(true, ElementType.FLOAT, 1, 1000);
        CostModel doubles = CostModel.of(true, ElementType.DOUBLE, 1, 1000);
        CostModel large = CostModel.of(true, ElementType.FLOAT, 1, 1L << 30);

        assertThat(vector.operationsPerSecond()).isGreaterThan(doubles.operationsPerSecond());
        assertThat(doubles.operationsPerSecond()).isGreaterThan(scalar.operationsPerSecond());
        assertThat(large.weightBytesPerSecond()).isLessThan(vector.weightBytesPerSecond());
    }

    /** The rates of RESULTS.md, from which the constants come, are met again within a quarter. */
    @Test
    void foretellsWhatWasMeasured() {
        CostModel mlp = CostModel.of(true, ElementType.FLOAT, 256, 367_000);
        double both = 2 * mlp.seconds(91_392, 513, 2_500, 367_000);
        assertThat(1 / both).isCloseTo(406_100, withinPercentage(25));

        CostModel bpNet = CostModel.of(true, ElementType.FLOAT, 20, 420_000);
        double pair = 2 * bpNet.seconds(219_179_584, 2_300_000, 10_000_000, 420_000);
        assertThat(1 / pair).isCloseTo(161.6, withinPercentage(25));

        CostModel scalar = CostModel.of(false, ElementType.FLOAT, 20, 420_000);
        assertThat(1 / (2 * scalar.seconds(219_179_584, 2_300_000, 10_000_000, 420_000)))
                .isCloseTo(10.1, withinPercentage(25));
    }
}
