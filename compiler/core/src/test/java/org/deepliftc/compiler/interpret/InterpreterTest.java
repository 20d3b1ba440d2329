package org.deepliftc.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;

final class InterpreterTest {
    private final GraphBuilder builder = new GraphBuilder();

    private static double[] fold(Op op, Shape shape, ConstantData... inputs) {
        return Interpreter.fold(op, List.of(inputs), shape, ElementType.REAL).toArray();
    }

    private static ConstantData data(Shape shape, double... values) {
        return ConstantData.real(shape, values);
    }

    private static Window window(int size, int stride, int dilation, int before, int after) {
        return new Window(List.of(size), List.of(stride), List.of(dilation), List.of(before), List.of(after));
    }

    @Test
    void convolutionByHand() {
        ConstantData x = data(Shape.of(2, 4), 1, 2, 3, 4, 10, 20, 30, 40);
        ConstantData w = data(Shape.of(1, 2, 2), 1, -1, 0.5, 2);
        ConstantData b = data(Shape.of(1), 100);
        // taps 2 apart, one zero in front: positions (-1, 1), (1, 3)
        double[] y = fold(new Op.Convolution(window(2, 2, 2, 1, 0), 1), Shape.of(1, 2), x, w, b);
        assertThat(y).containsExactly(100 - 2 + 40, 100 + 2 - 4 + 10 + 80);
    }

    @Test
    void groupsSeeTheirOwnChannels() {
        ConstantData x = data(Shape.of(2, 2), 1, 2, 3, 4);
        ConstantData w = data(Shape.of(4, 1, 1), 1, 10, 100, 1000);
        double[] y = fold(new Op.Convolution(window(1, 1, 1, 0, 0), 2), Shape.of(4, 2), x, w);
        assertThat(y).containsExactly(1, 2, 10, 20, 300, 400, 3000, 4000);
    }

    @Test
    void winnersAreTheFirstWhereTiedAndNeverPadding() {
        ConstantData x = data(Shape.of(1, 5), -3, -1, -1, -2, -2);
        ConstantData winners = Interpreter.fold(
                new Op.ArgMaxPool(window(3, 2, 1, 1, 1)), List.of(x), Shape.of(1, 3), ElementType.INDEX);
        assertThat(winners.toArray()).containsExactly(1, 1, 3);
        assertThat(fold(new Op.MaxPool(window(3, 2, 1, 1, 1)), Shape.of(1, 3), x))
                .containsExactly(-1, -1, -2);
    }

    @Test
    void averagesCountPaddingOrNot() {
        ConstantData x = data(Shape.of(1, 3), 3, 6, 9);
        Shape space = Shape.of(3);
        Window window = window(3, 2, 1, 1, 1);
        Op counting = new Op.AveragePool(window, true, Op.Direction.FORWARD, space);
        Op notCounting = new Op.AveragePool(window, false, Op.Direction.FORWARD, space);
        assertThat(fold(counting, Shape.of(1, 2), x)).containsExactly(3, 5);
        assertThat(fold(notCounting, Shape.of(1, 2), x)).containsExactly(4.5, 7.5);
    }

    @Test
    void aSlopeBroadcastsFromTheLastAxis() {
        ConstantData x = data(Shape.of(2, 2), -1, -1, -1, 1);
        Op prelu = new Op.Elementwise(
                org.deepliftc.compiler.graph.Activation.of(org.deepliftc.compiler.graph.Activation.Kind.PRELU));
        assertThat(fold(prelu, Shape.of(2, 2), x, data(Shape.of(2), 2, 3))).containsExactly(-2, -3, -2, 1);
        assertThat(fold(prelu, Shape.of(2, 2), x, data(Shape.of(2, 1), 2, 3))).containsExactly(-2, -2, -3, 1);
    }

    @Test
    void softmaxOfFarLogitsIsFinite() {
        ConstantData x = data(Shape.of(2, 2), 1000, -1000, 1001, 0);
        double[] y = fold(new Op.Softmax(0), Shape.of(2, 2), x);
        assertThat(y[0]).isCloseTo(1 / (1 + Math.E), within(1e-15));
        assertThat(y[0] + y[2]).isCloseTo(1, within(1e-15));
        assertThat(y[1]).isZero();
        assertThat(y[3]).isEqualTo(1);
    }

    @Test
    void reductionsOverAnyAxes() {
        ConstantData x = data(Shape.of(2, 1, 3), 1, 2, 3, 4, 5, 6);
        assertThat(fold(new Op.Reduce(Op.ReduceKind.SUM, List.of(0, 1), false), Shape.of(3), x))
                .containsExactly(5, 7, 9);
        assertThat(fold(new Op.Reduce(Op.ReduceKind.MEAN, List.of(2), true), Shape.of(2, 1, 1), x))
                .containsExactly(2, 5);
        assertThat(fold(new Op.Reduce(Op.ReduceKind.MAX, List.of(0, 1, 2), false), Shape.SCALAR, x))
                .containsExactly(6);
    }

    @Test
    void negativeStepsReadBackwards() {
        ConstantData x = data(Shape.of(5), 0, 1, 2, 3, 4);
        assertThat(fold(new Op.Slice(List.of(4), List.of(-2), Shape.of(3)), Shape.of(3), x))
                .containsExactly(4, 2, 0);
        assertThat(fold(new Op.Embed(List.of(3), List.of(-2), Shape.of(5), 9), Shape.of(5), data(Shape.of(2), 1, 2)))
                .containsExactly(9, 2, 9, 1, 9);
    }

    @Test
    void slopesOfNothingOverNothingAreOne() {
        ConstantData rise = data(Shape.of(3), 0, 6, 0);
        ConstantData run = data(Shape.of(3), 0, 3, 2);
        assertThat(fold(new Op.Binary(Op.BinaryKind.SLOPE), Shape.of(3), rise, run))
                .containsExactly(1, 2, 0);
    }

    @Test
    void deepGraphsNeedNoDeepStack() {
        Op.Input leaf = new Op.Input(Op.Role.ACTUAL, 0, Shape.SCALAR, ElementType.REAL);
        Node first = builder.add(leaf, "x");
        Node node = first;
        for (int i = 0; i < 200_000; i++) {
            node = builder.add(new Op.Binary(Op.BinaryKind.ADD), "sum", node, first);
        }
        assertThat(new Interpreter(Map.of(leaf, new double[] {1})).value(node)).containsExactly(200_001);
    }

    @Test
    void missingAndMisshapenLeavesAreNamed() {
        Op.Input leaf = new Op.Input(Op.Role.ACTUAL, 3, Shape.of(2), ElementType.REAL);
        Node x = builder.add(leaf, "dna");
        assertThatThrownBy(() -> new Interpreter(Map.of()).value(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'dna': no value is bound to ACTUAL input 3");
        assertThatThrownBy(() -> new Interpreter(Map.of(leaf, new double[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 values for ACTUAL input 3 of shape [2]");
    }

    @Test
    void targetsOutsideAreRefused() {
        ConstantData x = data(Shape.of(2), 5, 6);
        for (double index : new double[] {-1, 2, Double.NaN}) {
            ConstantData target = ConstantData.index(Shape.SCALAR, new double[] {index});
            assertThatThrownBy(() -> fold(new Op.Pick(), Shape.SCALAR, x, target))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outside of 0 to 1");
        }
    }

    /** mean over references of x * r[t]: depends on example and target, and on the reference only inside the mean. */
    @Test
    void meansRunOverReferencesAndTargets() {
        Op.Input actual = new Op.Input(Op.Role.ACTUAL, 0, Shape.of(1), ElementType.REAL);
        Op.Input reference = new Op.Input(Op.Role.REFERENCE, 0, Shape.of(2), ElementType.REAL);
        Op.Input target = new Op.Input(Op.Role.TARGET, 0, Shape.SCALAR, ElementType.INDEX);
        Node picked = builder.add(new Op.Pick(), "picked", builder.add(reference, "r"), builder.add(target, "t"));
        Node product = builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), "xr", builder.add(actual, "x"), picked);
        Node mean = builder.add(new Op.MeanOver(Axis.REFERENCE), "mean", product);
        Node both = builder.add(new Op.MeanOver(Axis.TARGET), "both", mean);
        JointInterpreter joint = new JointInterpreter(
                Graph.of("joint", Map.of("y", both)),
                Map.of(actual, new double[] {2}),
                List.of(Map.of(reference, new double[] {1, 10}), Map.of(reference, new double[] {3, 50})),
                List.of(Map.of(target, new double[] {0}), Map.of(target, new double[] {1})));
        assertThat(joint.axes(product)).containsExactlyInAnyOrder(Axis.EXAMPLE, Axis.REFERENCE, Axis.TARGET);
        assertThat(joint.axes(both)).containsExactly(Axis.EXAMPLE);
        assertThat(joint.value(product, 1, 0)).containsExactly(6);
        assertThat(joint.value(mean, 0, 0)).containsExactly(4);
        assertThat(joint.value(mean, 1, 1)).containsExactly(60);
        assertThat(joint.value(both, 0, 0)).containsExactly(32);
    }
}
