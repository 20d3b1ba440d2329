package org.deepliftc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

/** How much runs in one loop: what HotSpot compiles well, counted in the operations that functions become. */
class ElementwiseGroupTest {
    private final GraphBuilder builder = new GraphBuilder();
    private final Node x = leaf(0);
    private final Node y = leaf(1);

    private Node leaf(int index) {
        return builder.add(new Op.Input(Op.Role.ACTUAL, index, Shape.of(128), ElementType.REAL), "x" + index);
    }

    private Node activation(Activation.Kind kind) {
        return builder.add(new Op.Elementwise(Activation.of(kind)), kind.spelling(), x);
    }

    private Node sum() {
        return builder.add(new Op.Binary(Op.BinaryKind.ADD), "sum", x, y);
    }

    @Test
    void holdsManyCheapNodes() {
        ElementwiseGroup group = new ElementwiseGroup(sum());
        for (int i = 1; i < 16; i++) {
            assertThat(group.fits(sum())).as("node %d", i).isTrue();
            group.add(sum());
        }
        assertThat(group.fits(sum())).isFalse();
    }

    @Test
    void holdsTwoExponentials() {
        ElementwiseGroup group = new ElementwiseGroup(activation(Activation.Kind.SIGMOID));
        Node second = activation(Activation.Kind.TANH);
        assertThat(group.fits(second)).isTrue();
        group.add(second);
        assertThat(group.fits(activation(Activation.Kind.SIGMOID))).isFalse();
        assertThat(group.fits(sum())).isTrue();
    }

    /** The slope of a sigmoid takes three exponentials. */
    @Test
    void aSlopeIsAlone() {
        Node slope = builder.add(new Op.DividedDifference(Activation.of(Activation.Kind.SIGMOID)), "slope", x, y);
        assertThat(new ElementwiseGroup(slope).fits(sum())).isFalse();
        assertThat(new ElementwiseGroup(sum()).fits(slope)).isFalse();
    }
}
