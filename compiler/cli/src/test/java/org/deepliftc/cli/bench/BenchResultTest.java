package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchResultTest {
    @Test
    void countsThePassesOfTheDirectAlgorithm() {
        assertThat(BenchResult.directMultiplyAdds(100, true, 20, false)).isEqualTo(100);
        // the example forward, and back once
        assertThat(BenchResult.directMultiplyAdds(100, false, 1, true)).isEqualTo(200);
        // the example forward once, back for each of 20 shared references
        assertThat(BenchResult.directMultiplyAdds(100, false, 20, true)).isEqualTo(2100);
        // each reference forward as well
        assertThat(BenchResult.directMultiplyAdds(100, false, 20, false)).isEqualTo(4100);
    }

    @Test
    void derivesRatesFromCalls() {
        Measurement measured = new Measurement(new Spread(new double[] {10, 10, 10}), 0, new Spread(new double[] {1}));
        FmaPeak.Peak peak = new FmaPeak.Peak(1, "made up");
        BenchResult result = new BenchResult("deeplift", "scalar", 32, 20, false, 1, measured, 5e5, peak, 1, 2);

        assertThat(result.examples(10)).isEqualTo(320);
        assertThat(result.pairsPerSecond()).isEqualTo(6400);
        assertThat(result.percentOfPeak()).isEqualTo(32); // 320 x 5e5 x 2 FLOPs of 1e9
    }
}
