package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only what is needed and can differ from 0 is computed; results stay whole, and equal. */
final class NarrowWindowsTest {
    private static final Pass NARROW = new NarrowWindows();
    private final Sketch sketch = new Sketch();

    /** A constant of this shape, 1 or 2 inside the box and 0 elsewhere. */
    private Node spot(Shape shape, List<Integer> starts, int... dims) {
        Node ones = sketch.constant(ConstantData.real(
                Shape.of(dims),
                java.util.stream.IntStream.range(0, Shape.of(dims).size())
                        .mapToDouble(i -> 1 + i % 2)
                        .toArray()));
        Op.Embed embed = new Op.Embed(starts, starts.stream().map(s -> 1).toList(), shape, 0);
        return sketch.constant(org.deepliftc.compiler.interpret.Interpreter.fold(
                embed, List.of(ones.constant()), shape, org.deepliftc.compiler.graph.ElementType.REAL));
    }

    @Test
    void forwardASliceReachesUpToTheReceptiveField() {
        Node a = sketch.relu(sketch.convolution(sketch.leaf(2, 40), sketch.constant(3, 2, 5)));
        Node b =
                sketch.convolution(sketch.embed(a, List.of(0, 1), 3, 38), sketch.constant(2, 3, 3), sketch.constant(2));
        Graph after = sketch.result(sketch.slice(b, List.of(1, 20), 1, 1)).after(NARROW);
        assertThat(Sketch.form(after))
                .as("one position of one filter sees three, and these see seven")
                .isEqualTo("convolution(relu(convolution(slice[2, 7](x0), #)), slice[1, 3, 3](#), slice[1](#))");
    }

    @Test
    void atTheBorderTheFieldTakesPartOfThePadding() {
        Node bordered = sketch.embed(sketch.relu(sketch.leaf(2, 10)), List.of(0, 2), 2, 14);
        Node layer = sketch.convolution(bordered, sketch.constant(3, 2, 5));
        Graph after = sketch.result(sketch.slice(layer, List.of(0, 0), 3, 2)).after(NARROW);
        assertThat(Sketch.form(after)).isEqualTo("convolution(embed[2, 6](relu(slice[2, 4](x0))), #)");
    }

    @Test
    void backwardMultipliersSpreadFromTheTargetOnly() {
        Node seeded = sketch.times(spot(Shape.of(3, 30), List.of(0, 12), 3, 2), sketch.relu(sketch.leaf(3, 30)));
        Node back = sketch.convolutionBack(seeded, sketch.constant(3, 4, 3), 32);
        Graph after = sketch.result(sketch.times(back, sketch.relu(sketch.leaf(4, 32))))
                .after(NARROW);
        assertThat(Sketch.form(after))
                .isEqualTo(
                        "embed[4, 32](multiply(convolutionTransposed(multiply(slice[3, 2](#), relu(slice[3, 2](x0))),"
                                + " #), relu(slice[4, 4](x1))))");
    }

    @Test
    void severalReadersGetTheBoxAroundAllTheyNeedComputedOnce() {
        Node x = sketch.relu(sketch.leaf(2, 30));
        Node layer = sketch.convolution(sketch.embed(x, List.of(0, 1), 2, 32), sketch.constant(2, 2, 3));
        Graph after = sketch.result(sketch.slice(sketch.plus(x, layer), List.of(0, 10), 2, 1))
                .after(NARROW);
        assertThat(Sketch.form(after))
                .isEqualTo("add(slice[2, 1](relu(slice[2, 3](x0))), convolution(relu(slice[2, 3](x0)), #))");
        assertThat(Sketch.count(after, Op.Elementwise.class)).isEqualTo(1);
    }

    @Test
    void winnersAreCountedFromTheStartOfWhatIsComputed() {
        Node x = sketch.relu(sketch.leaf(2, 30));
        Window window = new Window(List.of(3), List.of(2), List.of(1), List.of(1), List.of(1));
        Node winners = sketch.add(new Op.ArgMaxPool(window), x);
        Node risen = sketch.binary(Op.BinaryKind.AT_LEAST, sketch.add(new Op.MaxPool(window), x), sketch.number(0.5));
        Node known = sketch.constant(ConstantData.index(
                Shape.of(2, 15),
                java.util.stream.IntStream.range(0, 30)
                        .mapToDouble(i -> 2 * (i % 15))
                        .toArray()));
        Node chosen = sketch.add(new Op.Select(), risen, winners, known);
        Node there = sketch.add(new Op.GatherPositions(), x, chosen);
        Node m = sketch.times(spot(Shape.of(2, 15), List.of(0, 6), 2, 2), there);
        Node back = sketch.add(new Op.ScatterPositions(Shape.of(30)), m, chosen);
        Graph after = sketch.result(back).after(NARROW);
        assertThat(Sketch.form(after)).contains("relu(slice[2, 5](x0))").startsWith("embed[2, 30](scatter");
    }

    @Test
    void atTheBorderWinnersAreCountedFromThereToo() {
        Node x = sketch.relu(sketch.leaf(2, 6, 7));
        Window window = new Window(List.of(3, 2), List.of(1, 1), List.of(1, 2), List.of(1, 1), List.of(1, 1));
        Node winners = sketch.add(new Op.ArgMaxPool(window), x);
        Node there = sketch.add(new Op.GatherPositions(), x, winners);
        Node m = sketch.times(spot(Shape.of(2, 6, 7), List.of(0, 4, 4), 1, 2, 3), there);
        Graph after = sketch.result(sketch.add(new Op.ScatterPositions(Shape.of(6, 7)), m, winners))
                .after(NARROW);
        assertThat(Sketch.form(after)).contains("relu(slice[1, 3, 4](x0))");
    }

    @Test
    void oneOfManyOutputsNeedsItsRowOfTheWeights() {
        Node layer = sketch.dense(sketch.leaf(4), sketch.constant(9, 4), sketch.constant(9));
        Graph after = sketch.result(sketch.slice(layer, List.of(7), 1)).after(NARROW);
        assertThat(Sketch.form(after)).isEqualTo("dense(x0, slice[1, 4](#), slice[1](#))");
    }

    @Test
    void whatNobodyNarrowsStaysAsItIs() {
        Node bordered = sketch.embed(sketch.relu(sketch.leaf(2, 10)), List.of(0, 2), 2, 14);
        Graph before = sketch.result(sketch.convolution(bordered, sketch.constant(3, 2, 5)))
                .graph();
        assertThat(NARROW.run(before)).isSameAs(before);
    }

    /** An operator on a value of [4, 12], for which a window of the result is asked. */
    private interface Made {
        Node of(Sketch sketch, Node x);
    }

    private record Case(String name, Made made) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Window window(int size, int stride, int dilation, int before, int after) {
        return new Window(List.of(size), List.of(stride), List.of(dilation), List.of(before), List.of(after));
    }

    static Stream<Case> operators() {
        Shape space = Shape.of(12);
        return Stream.of(
                new Case(
                        "strided, dilated, padded convolution in groups",
                        (s, x) -> s.add(
                                new Op.Convolution(window(3, 2, 2, 2, 1), 2), x, s.constant(6, 2, 3), s.constant(6))),
                new Case(
                        "its transpose",
                        (s, x) -> s.add(
                                new Op.ConvolutionTransposed(window(3, 2, 2, 2, 1), 2, Shape.of(24)),
                                x,
                                s.constant(4, 3, 3))),
                new Case(
                        "transpose of one group",
                        (s, x) -> s.add(
                                new Op.ConvolutionTransposed(window(3, 4, 1, 1, 0), 1, Shape.of(47)),
                                x,
                                s.constant(4, 3, 3))),
                new Case(
                        "mean pool",
                        (s, x) -> s.add(
                                new Op.AveragePool(window(3, 2, 1, 1, 2), false, Op.Direction.FORWARD, space), x)),
                new Case(
                        "mean pool with padding counted",
                        (s, x) ->
                                s.add(new Op.AveragePool(window(3, 2, 1, 1, 2), true, Op.Direction.FORWARD, space), x)),
                new Case(
                        "transposed mean pool",
                        (s, x) -> s.add(
                                new Op.AveragePool(window(3, 2, 1, 1, 0), false, Op.Direction.TRANSPOSED, Shape.of(24)),
                                x)),
                new Case("max pool", (s, x) -> s.add(new Op.MaxPool(window(3, 2, 1, 1, 1)), x)),
                new Case("transpose", (s, x) -> s.add(new Op.Transpose(List.of(1, 0)), x)),
                new Case("reshape that keeps an axis", (s, x) -> s.reshape(x, 2, 2, 12)),
                new Case("reshape that joins all", (s, x) -> s.reshape(x, 6, 8)),
                new Case("concat", (s, x) -> s.add(new Op.Concat(1), s.relu(x), s.leaf(4, 5), x)),
                new Case(
                        "border of another value",
                        (s, x) -> s.add(new Op.Embed(List.of(1, 2), List.of(1, 1), Shape.of(6, 17), 0.25), x)),
                new Case(
                        "spread among zeros",
                        (s, x) -> s.add(new Op.Embed(List.of(1, 2), List.of(1, 2), Shape.of(6, 26), 0), x)),
                new Case(
                        "backward slice",
                        (s, x) -> s.add(new Op.Slice(List.of(3, 11), List.of(-1, -2), Shape.of(4, 6)), x)),
                new Case("softmax", (s, x) -> s.add(new Op.Softmax(0), x)),
                new Case("sum", (s, x) -> s.add(new Op.Reduce(Op.ReduceKind.SUM, List.of(0), true), x)),
                new Case(
                        "mean",
                        (s, x) -> s.times(
                                s.add(new Op.Reduce(Op.ReduceKind.MEAN, List.of(1), true), x), s.constant(4, 9))),
                new Case("broadcast", (s, x) -> s.add(new Op.Broadcast(Shape.of(3, 4, 12)), x)),
                new Case("arithmetic that broadcasts", (s, x) -> s.plus(s.leaf(12), s.times(x, s.leaf(4, 1)))),
                new Case("dense", (s, x) -> s.dense(x, s.constant(7, 12), s.constant(7))),
                new Case("transposed dense", (s, x) -> s.denseBack(x, s.constant(12, 7))),
                new Case("matrix product", (s, x) -> s.add(new Op.MatMul(false, true), x, s.leaf(7, 12))));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorComputesAnyWindowOfItsResult(Case each) {
        for (int corner = 0; corner < 3; corner++) {
            Sketch windows = new Sketch();
            Node made = each.made.of(windows, windows.relu(windows.leaf(4, 12)));
            List<Integer> starts = new java.util.ArrayList<>();
            int[] dims = made.shape().toArray();
            for (int axis = 0; axis < dims.length; axis++) {
                int extent = Math.max(1, dims[axis] / 2);
                starts.add((dims[axis] - extent) * corner / 2);
                dims[axis] = extent;
            }
            windows.result(windows.slice(windows.plus(made, windows.number(1)), starts, dims))
                    .after(NARROW);
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void everyOperatorReadsWhatIsZeroButForAWindow(Case each) {
        for (int start : new int[] {0, 4, 9}) {
            Sketch zeros = new Sketch();
            NarrowWindowsTest test = this;
            Node seeded = zeros.times(
                    zeros.constant(
                            test.spot(Shape.of(4, 12), List.of(1, start), 2, 3).constant()),
                    zeros.relu(zeros.leaf(4, 12)));
            zeros.result(zeros.plus(each.made.of(zeros, seeded), zeros.number(1)))
                    .after(NARROW);
        }
    }
}
