package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.optimize.SeededModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fixed target at one position of a profile costs its receptive field, however long the sequence is. */
final class WindowedTargetTest {
    private static final int CHANNELS = 8;
    private static final Map<String, List<Integer>> WEIGHTS = Map.ofEntries(
            Map.entry("first.weight", List.of(CHANNELS, 4, 7)),
            Map.entry("first.bias", List.of(CHANNELS)),
            Map.entry("d1.weight", List.of(CHANNELS, CHANNELS, 3)),
            Map.entry("d1.bias", List.of(CHANNELS)),
            Map.entry("d2.weight", List.of(CHANNELS, CHANNELS, 3)),
            Map.entry("d2.bias", List.of(CHANNELS)),
            Map.entry("d3.weight", List.of(CHANNELS, CHANNELS, 3)),
            Map.entry("d3.bias", List.of(CHANNELS)),
            Map.entry("last.weight", List.of(2, CHANNELS, 5)),
            Map.entry("last.bias", List.of(2)));

    /** Positions of the input that one output sees: 2 (2 + 2 + 4 + 8 + 3) + 1. */
    private static final int FIELD = 39;

    @TempDir
    Path folder;

    /** A residual stack of dilated convolutions, as profile models are. */
    private SeededModel profile(int length, String input, String target) {
        return SeededModel.of(folder, """
                function dilated(x, i) {
                  return x + relu(conv1d(x, width = 3, dilation = 2 ^ i, padding = same, weights = "d" + i))
                }
                model Profile {
                  input dna: float[4, %d] %s
                  weights "w"
                  x = relu(conv1d(dna, padding = same, weights = "first"))
                  for i in 1..3 { x = dilated(x, i) }
                  output profile = conv1d(x, padding = same, weights = "last")
                  explain profile { target %s  reference dna = given }
                }
                """.formatted(length, input, target), WEIGHTS);
    }

    private static long cost(Graph graph) {
        return graph.nodes().stream().mapToLong(OperatorCosts::multiplyAdds).sum();
    }

    static Stream<String> targets() {
        return Stream.of("[0, 50]", "[1, 0]", "[1, 3]", "[0, 99]", "[1, 90]");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void givesTheSameResults(String target) {
        SeededModel model = profile(100, "", target);
        model.assertSameResults();
        assertThat(cost(model.optimised())).isLessThan(cost(model.derived()) / 2);
    }

    @Test
    void costsTheFieldAndNotTheLength() {
        long shorter = cost(profile(200, "", "[0, 100]").optimised());
        SeededModel longer = profile(2_000, "", "[0, 1000]");
        assertThat(cost(longer.optimised())).isEqualTo(shorter);
        long perPosition = cost(longer.derived()) / 2_000;
        assertThat(shorter).as("forward on both runs and back once").isLessThan(FIELD * perPosition);
    }

    @Test
    void alsoBehindMaxPoolsAndWhereTheReferenceIsKnown() {
        SeededModel model = SeededModel.of(folder, """
                model Bins {
                  input dna: float[4, 240] onehot(axis = 0, normalise = false)
                  weights "w"
                  a = maxpool1d(relu(conv1d(dna, padding = same, weights = "first")), width = 3, stride = 2, padding = 1)
                  b = maxpool1d(relu(conv1d(a, padding = same, weights = "d1")), width = 2)
                  output bins = conv1d(b, padding = same, weights = "last")
                  explain bins { target [1, 30] }
                }
                """, WEIGHTS);
        model.assertSameResults();
        assertThat(cost(model.optimised())).isLessThan(cost(model.derived()) / 5);
    }
}
