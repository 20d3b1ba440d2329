package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;

/** Constant factors and summands that follow each other become one. */
final class MergeStepsTest {
    private final Sketch sketch = new Sketch();

    @Test
    void factorsAndQuotientsBecomeOneFactor() {
        Node scaled = sketch.times(sketch.leaf(3, 4), sketch.constant(3, 1));
        Graph after = sketch.result(sketch.binary(Op.BinaryKind.DIVIDE, scaled, sketch.number(255)))
                .after(new MergeSteps());
        assertThat(Sketch.form(after)).isEqualTo("multiply(x0, #)");
    }

    @Test
    void summandsBecomeOne() {
        Node shifted = sketch.plus(sketch.constant(3, 4), sketch.leaf(3, 4));
        Graph after = sketch.result(sketch.binary(Op.BinaryKind.SUBTRACT, shifted, sketch.constant(3, 1)))
                .after(new MergeSteps());
        assertThat(Sketch.form(after)).isEqualTo("add(x0, #)");
    }

    @Test
    void constantsThatWouldGrowStayApart() {
        Node scaled = sketch.times(sketch.leaf(3, 4), sketch.constant(3, 1));
        Graph after = sketch.result(sketch.times(scaled, sketch.constant(1, 4))).after(new MergeSteps());
        assertThat(Sketch.form(after)).isEqualTo("multiply(multiply(x0, #), #)");
    }
}
