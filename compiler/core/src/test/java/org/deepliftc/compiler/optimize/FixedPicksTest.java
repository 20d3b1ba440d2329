package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.junit.jupiter.api.Test;

/** A pick at a position known when compiling is a slice; others stay. */
final class FixedPicksTest {
    private final Sketch sketch = new Sketch();

    @Test
    void aFixedPositionIsASlice() {
        Node index = sketch.constant(ConstantData.index(Shape.SCALAR, new double[] {17}));
        Graph after = sketch.result(sketch.add(new Op.Pick(), sketch.leaf(2, 3, 4), index))
                .after(new FixedPicks());
        assertThat(Sketch.form(after)).isEqualTo("reshape[](slice[1, 1, 1](x0))");
    }

    @Test
    void thePositionOfTheLargestStays() {
        Node x = sketch.leaf(5);
        Node largest = sketch.add(new Op.ArgMax(), x);
        Graph after = sketch.result(sketch.add(new Op.Pick(), x, largest)).after(new FixedPicks());
        assertThat(Sketch.form(after)).isEqualTo("pick(x0, argMax(x0))");
    }
}
