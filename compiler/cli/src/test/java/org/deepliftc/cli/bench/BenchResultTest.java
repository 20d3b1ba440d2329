package org.deepliftc.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.driver.RuleTable;
import org.junit.jupiter.api.Test;

class BenchResultTest {
    @Test
    void derivesRatesFromCalls() {
        Spread calls = new Spread(new double[] {10, 10, 10});
        Measurement measured = new Measurement(5, 1, calls, new Allocation(0, true), new Spread(new double[] {1}));
        FmaPeak.Peak peak = new FmaPeak.Peak(1, "made up");
        BenchResult result = result("scalar", measured, peak);

        assertThat(result.examples(10)).isEqualTo(320);
        assertThat(result.pairsPerSecond()).isEqualTo(6400);
        assertThat(result.percentOfPeak()).isEqualTo(32); // 320 x 5e5 x 2 FLOPs of 1e9
    }

    @Test
    void namesNodesOfAnotherBackend() {
        BenchResult result = result("vector", null, null);

        assertThat(result.otherBackends()).extracting(RuleTable.Row::node).containsExactly("pool", "y");
    }

    private static BenchResult result(String backend, Measurement measured, FmaPeak.Peak peak) {
        List<RuleTable.Row> nodes = List.of(
                node("x", "vector"), node("pool", "vector+scalar"), node("flat", "folded"), node("y", "scalar"));
        return new BenchResult("deeplift", backend, 32, 20, 1, measured, 500_000, peak, 1, nodes);
    }

    private static RuleTable.Row node(String name, String backend) {
        return new RuleTable.Row(name, "-", "[1]", "-", "-", "-", true, 0, backend);
    }
}
