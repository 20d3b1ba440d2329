package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;

/** The generator reaches every operator, is reproducible, and shrinks. */
final class RandomNetworksTest {
    /** Operators that only derive, canonicalisation or a pass brings in. */
    private static final Set<Class<?>> NOT_IN_MODELS = Set.of(
            Op.DividedDifference.class,
            Op.Select.class, // not exact where its condition changes: see LookUpTest
            Op.LookUp.class, // has no gradient: see LookUpTest
            Op.ArgMaxPool.class,
            Op.GatherPositions.class,
            Op.ScatterPositions.class,
            Op.SegmentPool.class,
            Op.Broadcast.class,
            Op.ArgMax.class,
            Op.OneHot.class,
            Op.Pick.class,
            Op.MeanOver.class);

    @Test
    void twoHundredNetworksHoldEveryOperatorAndActivation() {
        Set<Class<?>> operators = new HashSet<>(NOT_IN_MODELS);
        Set<Activation.Kind> kinds = EnumSet.noneOf(Activation.Kind.class);
        Set<String> written = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            for (Node node : RandomNetworks.network(seed).model().graph().nodes()) {
                operators.add(node.op().getClass());
                if (node.op() instanceof Op.Elementwise f && f.activation() instanceof Activation.Builtin builtin) {
                    kinds.add(builtin.kind());
                } else if (node.op() instanceof Op.Elementwise f) {
                    written.add(f.activation().name());
                }
            }
        }
        assertThat(operators).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
        assertThat(kinds).containsExactlyInAnyOrder(Activation.Kind.values());
        assertThat(written).containsExactlyInAnyOrder("mish", "swish", "hump");
    }

    @Test
    void theSameSeedMakesTheSameNetwork() {
        assertThat(RandomNetworks.network(17))
                .hasToString(RandomNetworks.network(17).toString());
        assertThat(RandomNetworks.network(17).toString())
                .isNotEqualTo(RandomNetworks.network(18).toString());
    }

    @Test
    void shrinkingKeepsWhatMakesItFail() {
        long seed = 0;
        while (!hasMaxPool(RandomNetworks.network(seed))) {
            seed++;
        }
        RandomNetwork network = RandomNetworks.network(seed);
        RandomNetwork smallest = network.shrunk(RandomNetworksTest::hasMaxPool);
        assertThat(hasMaxPool(smallest)).isTrue();
        assertThat(network.steps() - smallest.dropped().size()).isLessThanOrEqualTo(3);
    }

    private static boolean hasMaxPool(RandomNetwork network) {
        return network.model().graph().nodes().stream().anyMatch(node -> node.op() instanceof Op.MaxPool);
    }
}
