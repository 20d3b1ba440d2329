package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.interpret.Interpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a padded convolution hands back is computed for its input alone, not for the padding around it. */
final class NarrowConvolutionsTest {
    private static final Op.Input MULTIPLIERS = new Op.Input(Op.Role.ACTUAL, 0, Shape.of(3, 6, 5), ElementType.REAL);

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 2, 2, 1", "1, 2, 0, 1", "0, 1, 2, 1", "2, 1, 3, 2"})
    void computesNothingForThePadding(int top, int bottom, int left, int dilation) {
        Window window = new Window(
                List.of(3, 3), List.of(1, 1), List.of(dilation, dilation), List.of(top, left), List.of(bottom, 0));
        int reach = window.reach(0) - 1;
        Shape space = Shape.of(6 + reach - top - bottom, 5 + reach - left);
        GraphBuilder builder = new GraphBuilder();
        Node m = builder.add(MULTIPLIERS, "m");
        double[] taps = new Random(1).doubles(3 * 2 * 9, -1, 1).toArray();
        Node weights = builder.constant(ConstantData.real(Shape.of(3, 2, 3, 3), taps), "weights");
        Node back = builder.add(new Op.ConvolutionTransposed(window, 1, space), "back", m, weights);
        Graph graph = Graph.of("padded", Map.of("back", back));

        Graph optimized = Optimizer.optimize(graph);

        assertThat(optimized.nodes()).noneMatch(node -> node.op() instanceof Op.Slice);
        assertThat(optimized.nodes().stream()
                        .filter(node -> node.op() instanceof Op.Convolution)
                        .map(Node::shape))
                .containsExactly(Shape.of(2).append(space));
        assertThat(value(optimized)).containsExactly(value(graph), within(1e-14));
    }

    private static double[] value(Graph graph) {
        double[] inputs =
                new Random(2).doubles(MULTIPLIERS.shape().size(), -1, 1).toArray();
        return new Interpreter(Map.of(MULTIPLIERS, inputs)).outputs(graph).get("back");
    }
}
