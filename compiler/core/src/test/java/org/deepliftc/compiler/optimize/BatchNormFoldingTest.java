package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole explanations of networks with batch normalisation and scaled inputs: it costs nothing, in either direction. */
final class BatchNormFoldingTest {
    private static final Map<String, List<Integer>> WEIGHTS = Map.ofEntries(
            Map.entry("a.weight", List.of(24, 4, 5)),
            Map.entry("a.bias", List.of(24)),
            Map.entry("n.weight", List.of(24)),
            Map.entry("n.bias", List.of(24)),
            Map.entry("n.mean", List.of(24)),
            Map.entry("n.var", List.of(24)),
            Map.entry("b.weight", List.of(48, 24, 5)),
            Map.entry("o.weight", List.of(48)),
            Map.entry("o.bias", List.of(48)),
            Map.entry("o.mean", List.of(48)),
            Map.entry("o.var", List.of(48)),
            Map.entry("c.weight", List.of(3, 48)),
            Map.entry("c.bias", List.of(3)));

    @TempDir
    Path folder;

    /** Products with a constant of more than one element: scalars are what rules and means are made of. */
    private static long scales(SeededModel model) {
        return model.optimised().nodes().stream()
                .filter(node -> node.op() instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.MULTIPLY)
                .filter(node -> node.inputs().stream()
                        .anyMatch(i -> i.isConstant() && i.shape().size() > 1))
                .count();
    }

    private static List<Node> weights(SeededModel model, int rank) {
        return model.optimised().nodes().stream()
                .filter(node -> node.isConstant() && node.shape().rank() == rank)
                .toList();
    }

    @Test
    void behindConvolutionsWithReferencesGiven() {
        SeededModel model = SeededModel.of(folder, """
                model Net {
                  input x: float[4, 40]
                  weights "w"
                  a = relu(batchnorm(conv1d(x, padding = same, weights = "a"), weights = "n"))
                  b = relu(batchnorm(conv1d(a, weights = "b", bias = false), weights = "o"))
                  output y = dense(mean(b, axis = 1), weights = "c")
                  explain y { target 1  reference x = given }
                }
                """, WEIGHTS);
        model.assertSameResults();
        assertThat(scales(model)).as("the multiplier of the mean is a constant").isEqualTo(1);
        assertThat(weights(model, 3))
                .as("each layer's weights, and the same with taps reversed for its multipliers")
                .hasSize(4);
    }

    @Test
    void behindTheNormalisedFiltersOfAOneHotInput() {
        SeededModel model = SeededModel.of(folder, """
                model Net {
                  input x: float[4, 40] onehot(axis = 0)
                  weights "w"
                  a = relu(batchnorm(conv1d(x, padding = same, weights = "a"), weights = "n"))
                  output y = dense(mean(concat(a, a, axis = 0), axis = 1), weights = "c")
                  explain y { target 1 }
                }
                """, WEIGHTS);
        assertThat(scales(model)).as("the multiplier of the mean is a constant").isEqualTo(1);
        assertThat(model.optimised().nodes())
                .as("the convolution reads the input alone, as tables of words need")
                .anyMatch(node -> node.op() instanceof Op.Convolution
                        && node.input(0).op() instanceof Op.Embed
                        && node.input(0).input(0).op() instanceof Op.Input
                        && node.input(1).isConstant());
    }

    @Test
    void inFrontOfADenseLayerAndBehindScaledInputs() {
        SeededModel model = SeededModel.of(folder, """
                model Net {
                  input x: float[24, 2]
                  weights "w"
                  a = batchnorm(relu((x - 3) / 255), weights = "n")
                  output y = tanh(dense(flatten(a), weights = "c", bias = false))
                  explain y { target 1  at output  reference x = given }
                }
                """, WEIGHTS);
        model.assertSameResults();
        assertThat(scales(model)).isZero();
    }
}
