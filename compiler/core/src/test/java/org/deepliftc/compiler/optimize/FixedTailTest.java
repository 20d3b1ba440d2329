package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind the last nonlinearity the multipliers of a fixed target are numbers known when compiling. */
final class FixedTailTest {
    private static final Map<String, List<Integer>> WEIGHTS = Map.of(
            "a.weight", List.of(6, 2, 3),
            "a.bias", List.of(6),
            "b.weight", List.of(4, 6, 3),
            "b.bias", List.of(4),
            "c.weight", List.of(5, 20),
            "c.bias", List.of(5),
            "d.weight", List.of(3, 5),
            "d.bias", List.of(3));

    @TempDir
    Path folder;

    private SeededModel model(String output, String target) {
        return SeededModel.of(folder, """
                model Tail {
                  input x: float[2, 12]
                  weights "w"
                  a = relu(conv1d(x, weights = "a"))
                  b = avgpool1d(conv1d(a, padding = same, weights = "b"), width = 2)
                  c = dense(flatten(b), weights = "c")
                  output y = %s(dense(c, weights = "d"))
                  explain y { target %s  reference x = given }
                }
                """.formatted(output, target), WEIGHTS);
    }

    private static long transposes(SeededModel model) {
        return model.optimised().nodes().stream()
                .filter(node -> node.op() instanceof Op.Dense dense && dense.direction() == Op.Direction.TRANSPOSED
                        || node.op() instanceof Op.AveragePool pool && pool.direction() == Op.Direction.TRANSPOSED)
                .count();
    }

    /** Convolutions but the two forward ones on each run. */
    private static long convolutionsBack(SeededModel model) {
        return model.count(Op.Convolution.class) + model.count(Op.ConvolutionTransposed.class) - 4;
    }

    @Test
    void oneTargetsTailIsOneConstant() {
        for (String output : List.of("", "softmax")) {
            SeededModel model = model(output, "1");
            model.assertSameResults();
            assertThat(transposes(model)).isZero();
            assertThat(convolutionsBack(model)).as("of the first layer alone").isEqualTo(1);
        }
    }

    @Test
    void ofTheLastLayerOnlyTheTargetsRowIsComputed() {
        SeededModel model = model("", "1");
        List<Node> last = model.optimised().nodes().stream()
                .filter(node ->
                        node.op() instanceof Op.Dense && node.input(1).shape().dim(1) == 5)
                .toList();
        assertThat(last).hasSize(2).allMatch(node -> node.shape().size() == 1);
    }

    @Test
    void severalTargetsHaveTheSameResults() {
        model("", "0, 2").assertSameResults();
        model("softmax", "2, 1").assertSameResults();
    }
}
