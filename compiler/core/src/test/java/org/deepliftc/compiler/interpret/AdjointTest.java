package org.deepliftc.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators that come in pairs are each other's transpose: the products of A x with y and of x with A'y are equal. */
final class AdjointTest {
    private final Random random = new Random(5);
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Op.Input, double[]> bound = new HashMap<>();

    private Node leaf(Shape shape) {
        Op.Input input = new Op.Input(Op.Role.ACTUAL, bound.size(), shape, ElementType.REAL);
        bound.put(input, random.doubles(shape.size(), -1, 1).toArray());
        return builder.add(input, "leaf" + bound.size());
    }

    private Node node(Op op, Node... inputs) {
        return builder.add(op, "node", inputs);
    }

    private double dot(Node a, Node b) {
        Interpreter interpreter = new Interpreter(bound);
        assertThat(a.shape()).isEqualTo(b.shape());
        double sum = 0;
        for (int i = 0; i < a.shape().size(); i++) {
            sum += interpreter.value(a)[i] * interpreter.value(b)[i];
        }
        return sum;
    }

    private void assertAdjoint(Node x, Node forward, Node y, Node back) {
        double expected = dot(forward, y);
        assertThat(Math.abs(expected))
                .as("a test on nothing but zeros proves nothing")
                .isGreaterThan(1e-6);
        assertThat(dot(x, back)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 0, 1",
        "2, 1, 1, 2, 1",
        "1, 2, 2, 0, 1",
        "3, 2, 3, 3, 2",
        "2, 3, 4, 1, 2",
    })
    void convolutionOverTwoAxes(int stride, int dilation, int before, int after, int groups) {
        Window window = new Window(
                List.of(3, 2), List.of(stride, 1), List.of(dilation, 2), List.of(before, 1), List.of(after, 0));
        Node x = leaf(Shape.of(4, 8, 7));
        Node w = leaf(Shape.of(6, 4 / groups, 3, 2));
        Node forward = node(new Op.Convolution(window, groups), x, w);
        Node y = leaf(forward.shape());
        Node back = node(new Op.ConvolutionTransposed(window, groups, Shape.of(8, 7)), y, w);
        assertAdjoint(x, forward, y, back);
    }

    @Test
    void convolutionOverThreeAxes() {
        Window window =
                new Window(List.of(2, 3, 2), List.of(1, 2, 1), List.of(1, 1, 2), List.of(0, 1, 1), List.of(1, 0, 1));
        Node x = leaf(Shape.of(2, 4, 5, 4));
        Node w = leaf(Shape.of(3, 2, 2, 3, 2));
        Node forward = node(new Op.Convolution(window, 1), x, w);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.ConvolutionTransposed(window, 1, Shape.of(4, 5, 4)), y, w));
    }

    @Test
    void denseOverTheLastAxis() {
        Node x = leaf(Shape.of(3, 5));
        Node w = leaf(Shape.of(4, 5));
        Node forward = node(new Op.Dense(Op.Direction.FORWARD), x, w);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.Dense(Op.Direction.TRANSPOSED), y, w));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void averagePool(boolean countPadding) {
        Shape space = Shape.of(7, 6);
        Window window = new Window(List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 0), List.of(2, 1));
        Node x = leaf(Shape.of(2, 7, 6));
        Node forward = node(new Op.AveragePool(window, countPadding, Op.Direction.FORWARD, space), x);
        Node y = leaf(forward.shape());
        Node back = node(new Op.AveragePool(window, countPadding, Op.Direction.TRANSPOSED, space), y);
        assertAdjoint(x, forward, y, back);
    }

    @Test
    void gatherAndScatterAlsoWhereWindowsShareAWinner() {
        Window window = new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1));
        Node x = leaf(Shape.of(2, 5, 4));
        Node winners = node(new Op.ArgMaxPool(window), x);
        Node forward = node(new Op.GatherPositions(), x, winners);
        assertThat(new Interpreter(bound).value(forward))
                .isEqualTo(new Interpreter(bound).value(node(new Op.MaxPool(window), x)));
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.ScatterPositions(Shape.of(5, 4)), y, winners));
    }

    @Test
    void sliceAndEmbedWithNegativeSteps() {
        List<Integer> starts = List.of(6, 1);
        List<Integer> steps = List.of(-2, 3);
        Node x = leaf(Shape.of(7, 5));
        Node forward = node(new Op.Slice(starts, steps, Shape.of(3, 2)), x);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.Embed(starts, steps, Shape.of(7, 5), 0), y));
    }

    @Test
    void sumAndBroadcast() {
        Node x = leaf(Shape.of(3, 4, 2));
        Node forward = node(new Op.Reduce(Op.ReduceKind.SUM, List.of(0, 2), true), x);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.Broadcast(Shape.of(3, 4, 2)), y));
    }

    @Test
    void transposeAndItsInverse() {
        Node x = leaf(Shape.of(3, 4, 2));
        Node forward = node(new Op.Transpose(List.of(2, 0, 1)), x);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.Transpose(List.of(1, 2, 0)), y));
    }

    @Test
    void matrixProductsInAllFourOrientations() {
        Node x = leaf(Shape.of(2, 3, 4));
        Node w = leaf(Shape.of(4, 5));
        Node forward = node(new Op.MatMul(false, false), x, w);
        Node y = leaf(forward.shape());
        assertAdjoint(x, forward, y, node(new Op.MatMul(false, true), y, w));
        Node xt = node(new Op.Transpose(List.of(0, 2, 1)), x);
        Node wt = node(new Op.Transpose(List.of(1, 0)), w);
        Interpreter interpreter = new Interpreter(bound);
        double[] expected = interpreter.value(forward);
        assertThat(interpreter.value(node(new Op.MatMul(true, false), xt, w))).isEqualTo(expected);
        assertThat(interpreter.value(node(new Op.MatMul(true, true), xt, wt))).isEqualTo(expected);
    }

    @Test
    void pickAndOneHot() {
        Node x = leaf(Shape.of(2, 3));
        Node index = builder.constant(ConstantData.index(Shape.SCALAR, new double[] {4}), "index");
        Node y = leaf(Shape.SCALAR);
        Node back = node(new Op.Binary(Op.BinaryKind.MULTIPLY), node(new Op.OneHot(Shape.of(2, 3)), index), y);
        assertAdjoint(x, node(new Op.Pick(), x, index), y, back);
    }
}
