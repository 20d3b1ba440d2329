package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

/** Of what is wanted at few positions nothing is computed elsewhere. */
final class GatherOperandsTest {
    private final Sketch sketch = new Sketch();
    private final Node x = sketch.leaf(3, 12);
    private final Node winners = sketch.add(new Op.ArgMaxPool(Window.of(List.of(4), List.of(4))), sketch.leaf(3, 12));

    private Node gathered(Node value) {
        return sketch.add(new Op.GatherPositions(), value, winners);
    }

    private Node tanh(Node value) {
        return sketch.add(new Op.Elementwise(Activation.of(Activation.Kind.TANH)), value);
    }

    @Test
    void operandsAreGatheredInsteadOfTheResult() {
        Node slope = sketch.add(
                new Op.DividedDifference(Activation.of(Activation.Kind.RELU)), x, sketch.plus(x, sketch.leaf(3, 12)));
        Graph after = sketch.result(gathered(slope)).after(new GatherOperands(), new MergeDuplicates());
        String gather = "gatherPositions(x0, argMaxPool(x1))";
        assertThat(Sketch.form(after))
                .isEqualTo(
                        "dividedDifference(" + gather + ", add(" + gather + ", gatherPositions(x2, argMaxPool(x1))))");
    }

    @Test
    void whatIsTheSameAtEveryPositionIsReadAsItIs() {
        Node value = sketch.times(sketch.plus(x, sketch.constant(3, 1)), sketch.number(2));
        Graph after = sketch.result(gathered(value)).after(new GatherOperands());
        assertThat(Sketch.form(after)).isEqualTo("multiply(add(gatherPositions(x0, argMaxPool(x1)), #), #)");
    }

    @Test
    void aCostlyFunctionThatIsComputedAnywayIsRead() {
        Node costly = tanh(x);
        Graph after = sketch.result(gathered(costly)).result(costly).after(new GatherOperands());
        assertThat(Sketch.form(after)).startsWith("tanh(gather");
        Graph read = sketch.result(sketch.relu(costly)).after(new GatherOperands());
        assertThat(Sketch.form(read))
                .as("another node reads it at every position")
                .startsWith("gatherPositions(tanh(x0), argMaxPool(x1))");
    }

    @Test
    void otherOperatorsAreGatheredFrom() {
        Node layer = sketch.add(new Op.Softmax(0), x);
        Graph after = sketch.result(gathered(layer)).after(new GatherOperands());
        assertThat(Sketch.form(after)).isEqualTo("gatherPositions(softmax(x0), argMaxPool(x1))");
    }

    @Test
    void aVectorThatBroadcastsAlongPositionsStops() {
        Graph after = sketch.result(gathered(sketch.plus(x, sketch.leaf(12)))).after(new GatherOperands());
        assertThat(Sketch.form(after)).startsWith("gatherPositions(add(");
    }
}
