package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchResultTest {
    @Test
    void derivesRatesFromCalls() {
        Spread calls = new Spread(new double[] {10, 10, 10});
        Measurement measured = new Measurement(5, 1, calls, 0, new Spread(new double[] {1}));
        FmaPeak.Peak peak = new FmaPeak.Peak(1, "made up");
        BenchResult result = new BenchResult("deeplift", "scalar", 32, 20, 1, measured, 500_000, peak, 1);

        assertThat(result.examples(10)).isEqualTo(320);
        assertThat(result.pairsPerSecond()).isEqualTo(6400);
        assertThat(result.percentOfPeak()).isEqualTo(32); // 320 x 5e5 x 2 FLOPs of 1e9
    }
}
