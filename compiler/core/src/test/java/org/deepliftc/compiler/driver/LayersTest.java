package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contributions of inner nodes. */
final class LayersTest {
    private static final Offset<Double> CLOSE = within(1e-12);
    private static final double[] X = {1.5, -0.75, 2};
    private static final double[] REFERENCES = {-0.5, 0.25, 1, 0.5, 1, -2};
    private static final String TEXT = """
            model Deep {
              input x: float[3]
              z = dense(x, weight = [[1, 2, -1], [0.5, -4, 1], [2, 1, 1]], bias = [0.5, 0, -1])
              h = relu(z)
              skip = dense(x, weight = [[1, 0, -1]])
              g = relu(dense(h, weight = [[1, -2, 0.5], [3, -1, 1]], bias = [0.5, -1]))
              beside = dense(x, weight = [[1, 1, 1]])
              output y = dense(g, weight = [[1, -2], [2, 1]]) + skip
              output other = beside
            }
            """;

    @TempDir
    Path folder;

    private ExplainedText explained(ExplainOptions.Builder options) throws IOException {
        Model model = ExplainedText.model(folder, TEXT);
        return ExplainedText.of(model, options, X, 2, REFERENCES);
    }

    /** Every path from the input crosses one of the two nodes, so that their contributions are all there is. */
    @ParameterizedTest
    @EnumSource(NonlinearityRule.class)
    void ofACutAddUpToTheDifference(NonlinearityRule rule) throws IOException {
        for (String cut : List.of("z", "h", "g")) {
            ExplainedText explained = explained(ExplainOptions.builder()
                    .rule(rule)
                    .target(Target.parse("0, 1, 1 - 0"))
                    .layers(List.of(cut, "skip", "beside")));
            int width = explained.layers().get(0).length / 3;
            for (int target = 0; target < 3; target++) {
                double sum = explained.layers().get(1)[target];
                for (int i = 0; i < width; i++) {
                    sum += explained.layers().get(0)[target * width + i];
                }
                assertThat(sum)
                        .as(cut)
                        .isCloseTo(explained.output()[target] - explained.referenceOutput()[target], CLOSE);
            }
            assertThat(explained.layers().get(2)).containsOnly(0);
        }
    }

    /** The last hidden layer's contribution is its weight times its mean difference. */
    @Test
    void areMultiplierTimesDifference() throws IOException {
        ExplainedText point =
                explained(ExplainOptions.builder().at(new Point.Named("g")).target(Target.parse("0, 1")));
        ExplainedText layer =
                explained(ExplainOptions.builder().target(Target.parse("0, 1")).layers(List.of("g")));
        double[][] weights = {{1, -2}, {2, 1}};
        for (int target = 0; target < 2; target++) {
            for (int i = 0; i < 2; i++) {
                double difference = point.output()[i] - point.referenceOutput()[i];
                assertThat(layer.layers().get(0)[target * 2 + i]).isCloseTo(weights[target][i] * difference, CLOSE);
            }
        }
    }

    @Test
    void leaveThoseOfTheInputsAlone() throws IOException {
        double[] without = explained(ExplainOptions.builder()).contributions();
        double[] with =
                explained(ExplainOptions.builder().layers(List.of("h", "g"))).contributions();
        assertThat(with).containsExactly(without, CLOSE);
    }

    @Test
    void canBeWrittenInTheModel() throws IOException {
        Model model =
                ExplainedText.model(folder, TEXT.replace("output other", "explain { layers h, g }\n output other"));
        assertThat(model.explain().layers()).containsExactly("h", "g");
    }

    @Test
    void areRefusedWhereTheyMeanNothing() {
        assertThatThrownBy(() -> explained(ExplainOptions.builder().layers(List.of("hh"))))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("there is no node 'hh'");
        assertThatThrownBy(() -> explained(ExplainOptions.builder().layers(List.of("x"))))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("contributions of 'x' cannot be asked for");
        assertThatThrownBy(() -> explained(ExplainOptions.builder()
                        .method(Method.INTEGRATED_GRADIENTS)
                        .layers(List.of("h"))))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("'h' has no multiplier of its own");
    }
}
