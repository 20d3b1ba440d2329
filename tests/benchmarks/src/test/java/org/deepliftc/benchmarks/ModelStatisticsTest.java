package org.deepliftc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks are no trivial ones: multipliers are rarely all zero, and units do switch. */
class ModelStatisticsTest {

    @ParameterizedTest
    @CsvSource({"GENOMICS, false, 5", "GENOMICS, true, 5", "BPNET, true, 1", "MLP, false, 5"})
    void isNotTrivial(BenchmarkModel model, boolean shuffles, int examples) {
        ModelStatistics statistics = ModelStatistics.of(model, shuffles, examples, 1);
        assertThat(statistics.zeroMultipliers()).isLessThan(0.9);
        assertThat(statistics.signChanges()).isBetween(0.02, 0.8);
    }
}
