package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;

/** Products with a constant for each channel disappear into weights, and the weights stay one constant. */
final class FoldScalesTest {
    private static final FoldScales ROWS = new FoldScales(Linear.Side.ROWS);
    private static final FoldScales COLUMNS = new FoldScales(Linear.Side.COLUMNS);

    private final Sketch sketch = new Sketch();

    @Test
    void behindAConvolutionTheRowsTakeItUp() {
        Node layer = sketch.convolution(sketch.leaf(3, 9), sketch.constant(4, 3, 2), sketch.constant(4));
        Graph after = sketch.result(sketch.times(layer, sketch.constant(4, 1))).after(ROWS);
        assertThat(Sketch.form(after)).isEqualTo("convolution(x0, #, #)");
    }

    @Test
    void behindADenseLayerAlsoThroughAReshape() {
        Node layer = sketch.dense(sketch.leaf(5), sketch.constant(6, 5));
        Node image = sketch.reshape(layer, 2, 3);
        Graph after = sketch.result(sketch.times(sketch.constant(2, 1), image)).after(ROWS);
        assertThat(Sketch.form(after)).isEqualTo("reshape[2, 3](dense(x0, #))");
    }

    @Test
    void inFrontOfAConvolutionTheColumnsTakeItUpAlsoAcrossABorderOfZeros() {
        Node scaled = sketch.times(sketch.leaf(3, 9), sketch.constant(3, 1));
        Node bordered = sketch.embed(scaled, List.of(0, 1), 3, 11);
        Graph after = sketch.result(sketch.convolution(bordered, sketch.constant(4, 3, 2)))
                .after(COLUMNS);
        assertThat(Sketch.form(after)).isEqualTo("convolution(embed[3, 11](x0), #)");
    }

    @Test
    void inFrontOfADenseLayerAlsoAcrossFlattening() {
        Node scaled = sketch.times(sketch.leaf(3, 4), sketch.constant(3, 1));
        Graph after = sketch.result(sketch.dense(sketch.reshape(scaled, 12), sketch.constant(2, 12)))
                .after(COLUMNS);
        assertThat(Sketch.form(after)).isEqualTo("dense(reshape[12](x0), #)");
    }

    @Test
    void groupsHaveTheirOwnColumns() {
        Node scaled = sketch.times(sketch.leaf(4, 9), sketch.constant(4, 1));
        Node weights = sketch.constant(6, 2, 3);
        Op grouped = new Op.Convolution(org.deepliftc.compiler.graph.Window.of(List.of(3), List.of(2)), 2);
        Graph after = sketch.result(sketch.times(sketch.add(grouped, scaled, weights), sketch.constant(6, 1)))
                .after(ROWS, COLUMNS);
        assertThat(Sketch.form(after)).isEqualTo("convolution(x0, #)");
    }

    @Test
    void multipliersMeetTheSameFoldedWeightsAsActivations() {
        Node weights = sketch.constant(8, 4, 2);
        Node scale = sketch.constant(8, 1);
        Node forward = sketch.times(sketch.convolution(sketch.leaf(4, 5), weights), scale);
        Node back = sketch.convolutionBack(sketch.times(sketch.leaf(8, 4), scale), weights, 5);
        Graph after = sketch.result(forward).result(back).after(ROWS, new MergeDuplicates());
        assertThat(Sketch.form(after)).isEqualTo("convolution(x0, #)\nconvolutionTransposed(x1, #)");
        assertThat(Sketch.count(after, Op.Constant.class)).isEqualTo(1);
    }

    @Test
    void behindATransposeTheColumnsTakeItUpAlsoWhereThePaddingIsCutOff() {
        Node weights = sketch.constant(4, 3, 2);
        Node whole = sketch.convolutionBack(sketch.leaf(4, 8), weights, 9);
        Node inside = sketch.slice(whole, List.of(0, 1), 3, 7);
        Graph after = sketch.result(sketch.times(inside, sketch.constant(3, 1))).after(COLUMNS);
        assertThat(Sketch.form(after)).isEqualTo("slice[3, 7](convolutionTransposed(x0, #))");
    }

    @Test
    void weightsWithTwoDifferentScalesStayOneConstant() {
        Node weights = sketch.constant(8, 6);
        Node a = sketch.times(sketch.dense(sketch.leaf(6), weights), sketch.constant(8));
        Node b = sketch.times(sketch.dense(sketch.leaf(6), weights), sketch.constant(8));
        Graph before = sketch.result(a).result(b).graph();
        assertThat(ROWS.run(before)).isSameAs(before);
    }

    @Test
    void whatOthersReadTooStays() {
        Node layer = sketch.dense(sketch.leaf(3), sketch.constant(4, 3));
        Graph before = sketch.result(sketch.times(layer, sketch.constant(4)))
                .result(sketch.relu(layer))
                .graph();
        assertThat(ROWS.run(before)).isSameAs(before);
    }

    @Test
    void aFactorForEachPositionStays() {
        Node layer = sketch.convolution(sketch.leaf(3, 9), sketch.constant(4, 3, 2));
        Graph before = sketch.result(sketch.times(layer, sketch.constant(4, 8))).graph();
        assertThat(ROWS.run(before)).isSameAs(before);
    }

    @Test
    void betweenTwoLayersTheFirstTakesItUp() {
        Node first = sketch.dense(sketch.leaf(3), sketch.constant(4, 3));
        Node second = sketch.dense(sketch.times(first, sketch.constant(4)), sketch.constant(2, 4));
        Graph after = sketch.result(second).after(ROWS, COLUMNS);
        assertThat(Sketch.form(after)).isEqualTo("dense(dense(x0, #), #)");
    }
}
