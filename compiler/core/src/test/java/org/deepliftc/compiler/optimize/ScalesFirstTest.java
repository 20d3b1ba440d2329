package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.junit.jupiter.api.Test;

/** Behind a layer a constant factor comes before a constant summand. */
final class ScalesFirstTest {
    private final Sketch sketch = new Sketch();

    @Test
    void behindALayerTheFactorComesFirst() {
        Node layer = sketch.convolution(sketch.leaf(3, 9), sketch.constant(4, 3, 2));
        Node shifted = sketch.plus(layer, sketch.constant(4, 8));
        Graph after =
                sketch.result(sketch.times(shifted, sketch.constant(4, 1))).after(new ScalesFirst());
        assertThat(Sketch.form(after)).isEqualTo("add(multiply(convolution(x0, #), #), #)");
    }

    @Test
    void elsewhereItStaysWhereItIs() {
        Node shifted = sketch.plus(sketch.relu(sketch.leaf(3)), sketch.constant(3));
        Graph after = sketch.result(sketch.times(shifted, sketch.constant(3))).after(new ScalesFirst());
        assertThat(Sketch.form(after)).isEqualTo("multiply(add(relu(x0), #), #)");
    }

    @Test
    void aSummandThatOthersReadStays() {
        Node layer = sketch.dense(sketch.leaf(3), sketch.constant(4, 3));
        Node shifted = sketch.plus(layer, sketch.constant(4));
        Graph after = sketch.result(sketch.times(shifted, sketch.constant(4)))
                .result(shifted)
                .after(new ScalesFirst());
        assertThat(Sketch.form(after)).startsWith("multiply(add(");
    }
}
