package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

/** A product with what was scattered is computed at the few positions before they are scattered. */
final class SinkScattersTest {
    private final Sketch sketch = new Sketch();
    private final Node x = sketch.leaf(3, 12);
    private final Node winners = sketch.add(new Op.ArgMaxPool(Window.of(List.of(4), List.of(4))), x);

    private Node scattered() {
        return sketch.add(new Op.ScatterPositions(Shape.of(12)), sketch.leaf(3, 3), winners);
    }

    @Test
    void theFactorIsGatheredWhereTheProductIsNotZero() {
        Graph after = sketch.result(sketch.times(scattered(), sketch.relu(x))).after(new SinkScatters());
        assertThat(Sketch.form(after))
                .isEqualTo("scatterPositions[3, 12](multiply(x1, gatherPositions(relu(x0), argMaxPool(x0))),"
                        + " argMaxPool(x0))");
    }

    @Test
    void factorsOnEitherSideAndInChains() {
        Node product = sketch.times(sketch.leaf(3, 12), sketch.times(sketch.relu(x), scattered()));
        Graph after = sketch.result(product).after(new SinkScatters());
        assertThat(Sketch.form(after)).startsWith("scatterPositions[3, 12](multiply(multiply(x");
        assertThat(after.nodes().stream()
                        .filter(node -> node.op() instanceof Op.Binary)
                        .allMatch(node -> node.shape().equals(Shape.of(3, 3))))
                .as("both products have one element for each window")
                .isTrue();
    }

    @Test
    void aFactorThatBroadcastsStaysOutside() {
        Graph after =
                sketch.result(sketch.times(scattered(), sketch.leaf(3, 1))).after(new SinkScatters());
        assertThat(Sketch.form(after)).startsWith("multiply(scatterPositions");
    }

    @Test
    void sumsStayOutside() {
        Graph after = sketch.result(sketch.plus(scattered(), x)).after(new SinkScatters());
        assertThat(Sketch.form(after)).startsWith("add(scatterPositions");
    }
}
