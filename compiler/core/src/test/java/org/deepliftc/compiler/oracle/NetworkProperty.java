package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Something that holds for every random network; a failure is shrunk and printed. */
final class NetworkProperty {
    private static final int NETWORKS = 200;

    /** Enough for a property that compiles a class for each network. */
    static final int FEWER = 24;

    private NetworkProperty() {}

    /** The error of every network stays within {@code tolerance}. */
    static void holds(String what, double tolerance, ToDoubleFunction<RandomNetwork> error) {
        holds(what, tolerance, NETWORKS, network -> true, error);
    }

    /** The error of the first {@code networks} that {@code counts} lets through stays within {@code tolerance}. */
    static void holds(
            String what,
            double tolerance,
            int networks,
            Predicate<RandomNetwork> counts,
            ToDoubleFunction<RandomNetwork> error) {
        int tried = 0;
        for (long seed = 0; tried < networks; seed++) {
            RandomNetwork network = RandomNetworks.network(seed);
            if (!counts.test(network)) {
                continue;
            }
            tried++;
            if (!(error.applyAsDouble(network) <= tolerance)) {
                RandomNetwork smallest = network.shrunk(n -> !(error.applyAsDouble(n) <= tolerance));
                assertThat(error.applyAsDouble(smallest))
                        .as("%s, on %s", what, smallest)
                        .isLessThanOrEqualTo(tolerance);
            }
        }
    }
}
