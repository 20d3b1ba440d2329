package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transpose of a convolution is a convolution of the bordered multipliers by reversed weights. */
final class DirectTransposesTest {
    private final Sketch sketch = new Sketch();

    private Node transposed(Node m, Window window, int groups, Node weights, Shape space) {
        return sketch.add(new Op.ConvolutionTransposed(window, groups, space), m, weights);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "2, 1", "2, 3"})
    void overTwoAxes(int groups, int dilation) {
        Window window = new Window(List.of(3, 2), List.of(1, 1), List.of(dilation, 2), List.of(0, 0), List.of(0, 0));
        Shape space = Shape.of(9, 8);
        Node m = sketch.leaf(Shape.of(6).append(window.outputOf(space)).toArray());
        Graph after = sketch.result(transposed(m, window, groups, sketch.constant(6, 4 / groups, 3, 2), space))
                .after(new DirectTransposes());
        String bordered = Shape.of(6, 9 + 2 * dilation, 8 + 2).toString();
        assertThat(Sketch.form(after)).isEqualTo("convolution(embed" + bordered + "(x0), #)");
        assertThat(Sketch.count(after, Op.Constant.class)).isEqualTo(1);
    }

    @Test
    void aStrideStaysATranspose() {
        Window window = Window.of(List.of(3), List.of(2));
        Node m = sketch.leaf(4, 5);
        Graph after = sketch.result(transposed(m, window, 1, sketch.constant(4, 2, 3), Shape.of(11)))
                .after(new DirectTransposes());
        assertThat(Sketch.form(after)).isEqualTo("convolutionTransposed(x0, #)");
    }

    @Test
    void whatAWidePoolHandsBackIsScattered() {
        Node x = sketch.leaf(4, 32);
        for (int width : new int[] {4, 16}) {
            Node winners = sketch.add(new Op.ArgMaxPool(Window.of(List.of(width), List.of(width))), x);
            Node few = sketch.add(
                    new Op.ScatterPositions(Shape.of(32)),
                    sketch.leaf(winners.shape().toArray()),
                    winners);
            sketch.result(sketch.convolutionBack(sketch.times(few, sketch.relu(x)), sketch.constant(4, 2, 3), 34));
        }
        Graph after = sketch.after(new DirectTransposes());
        assertThat(Sketch.form(after.outputs().get("0")))
                .as("one position in four")
                .startsWith("convolution(embed");
        assertThat(Sketch.form(after.outputs().get("1")))
                .as("one position in sixteen")
                .startsWith("convolutionTransposed(");
    }

    @Test
    void weightsThatAreNotConstantStay() {
        Graph after = sketch.result(sketch.convolutionBack(sketch.leaf(4, 5), sketch.leaf(4, 2, 3), 7))
                .after(new DirectTransposes());
        assertThat(Sketch.form(after)).isEqualTo("convolutionTransposed(x0, x1)");
    }
}
