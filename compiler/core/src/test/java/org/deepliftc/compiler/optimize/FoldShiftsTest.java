package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;

/** Sums with a constant for each channel disappear into biases. */
final class FoldShiftsTest {
    private final Sketch sketch = new Sketch();

    @Test
    void behindALayerTheyJoinItsBiasOrMakeOne() {
        Node a = sketch.convolution(sketch.leaf(3, 9), sketch.constant(4, 3, 2), sketch.constant(4));
        Node b = sketch.dense(sketch.leaf(3), sketch.constant(4, 3));
        Graph after = sketch.result(sketch.plus(a, sketch.constant(4, 1)))
                .result(sketch.binary(Op.BinaryKind.SUBTRACT, b, sketch.number(0.3)))
                .after(new FoldShifts());
        assertThat(Sketch.form(after)).isEqualTo("convolution(x0, #, #)\ndense(x1, #, #)");
    }

    @Test
    void inFrontOfALayerTheyPassThroughItsWeights() {
        Node a = sketch.convolution(sketch.plus(sketch.leaf(3, 9), sketch.constant(3, 1)), sketch.constant(4, 3, 2));
        Node flat = sketch.reshape(sketch.plus(sketch.leaf(3, 2), sketch.constant(3, 2)), 6);
        Graph after = sketch.result(a)
                .result(sketch.dense(flat, sketch.constant(5, 6), sketch.constant(5)))
                .after(new FoldShifts());
        assertThat(Sketch.form(after)).isEqualTo("convolution(x0, #, #)\ndense(reshape[6](x1), #, #)");
    }

    @Test
    void bothSidesAtOnce() {
        Node shifted = sketch.plus(sketch.leaf(3), sketch.constant(3));
        Node layer = sketch.dense(shifted, sketch.constant(4, 3));
        Graph after = sketch.result(sketch.plus(layer, sketch.constant(4))).after(new FoldShifts());
        assertThat(Sketch.form(after)).isEqualTo("dense(x0, #, #)");
    }

    @Test
    void inFrontOfABorderTheyStay() {
        Node shifted = sketch.plus(sketch.leaf(3, 9), sketch.constant(3, 1));
        Node bordered = sketch.embed(shifted, List.of(0, 1), 3, 11);
        Graph before = sketch.result(sketch.convolution(bordered, sketch.constant(4, 3, 2)))
                .graph();
        assertThat(new FoldShifts().run(before)).isSameAs(before);
    }

    @Test
    void aConstantForEachPositionStays() {
        Node layer = sketch.convolution(sketch.leaf(3, 9), sketch.constant(4, 3, 2));
        Graph before = sketch.result(sketch.plus(layer, sketch.constant(4, 8))).graph();
        assertThat(new FoldShifts().run(before)).isSameAs(before);
    }
}
