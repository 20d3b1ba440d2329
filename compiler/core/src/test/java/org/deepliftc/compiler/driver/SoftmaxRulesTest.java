package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule of the logarithmic mean, against its formula written as it is and against summation-to-delta. */
final class SoftmaxRulesTest {
    private static final double[] WEIGHTS = {1, -2, 0.5, 3};

    @TempDir
    Path folder;

    private ExplainedText explained(double[] x, double[] reference) throws IOException {
        Model model = ExplainedText.model(folder, """
                model Weighed {
                  input x: float[4]
                  output y = dense(softmax(x), weight = [[1, -2, 0.5, 3]])
                }
                """);
        return ExplainedText.of(
                model,
                ExplainOptions.builder()
                        .softmaxRule(SoftmaxRule.LOGARITHMIC_MEAN)
                        .target(Target.flat(0)),
                x,
                reference);
    }

    @Test
    void isItsFormula() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 5; round++) {
            double[] x = random.doubles(4, -3, 3).toArray();
            double[] r = random.doubles(4, -3, 3).toArray();
            double[] y = softmax(x);
            double[] y0 = softmax(r);
            double z = DoubleStream.of(x).map(Math::exp).sum();
            double z0 = DoubleStream.of(r).map(Math::exp).sum();
            double common = 0;
            for (int i = 0; i < 4; i++) {
                common += WEIGHTS[i] * mean(y[i], y0[i]);
            }
            double[] contributions = explained(x, r).contributions();
            for (int j = 0; j < 4; j++) {
                double w = mean(Math.exp(x[j]), Math.exp(r[j])) / mean(z, z0);
                double m = WEIGHTS[j] * mean(y[j], y0[j]) - w * common;
                assertThat(contributions[j]).isCloseTo(m * (x[j] - r[j]), within(1e-12));
            }
        }
    }

    @Test
    void isExactForLogitsFarApart() throws IOException {
        double[][][] pairs = {
            {{200, -200, 0, 3}, {-200, 200, 1, -5}},
            {{-200, -201, -202, -203}, {200, 203, 201, 199}},
            {{900, 0, 0, 0}, {0, 0, 900, 0}},
            {{1, 2, 3, 4}, {1, 2, 3, 4}}
        };
        for (double[][] pair : pairs) {
            ExplainedText explained = explained(pair[0], pair[1]);
            assertThat(Math.abs(explained.delta()[0]))
                    .as(Arrays.toString(pair[0]))
                    .isLessThan(1e-12);
            for (int i = 0; i < 4; i++) {
                double most = 3 * Math.abs(pair[0][i] - pair[1][i]); // the largest weight times a slope of 1
                assertThat(Math.abs(explained.contributions()[i])).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void whatMovesAllLogitsAlikeCountsZero() throws IOException {
        double[] x = {0.3, -1, 2, 0.7};
        double[] moved = Arrays.stream(x).map(v -> v + 7).toArray();
        double[] contributions = explained(moved, x).contributions();
        assertThat(ExplainedText.sum(contributions)).isCloseTo(0, within(1e-13));
    }

    private static double mean(double a, double b) {
        return a == b ? a : (a - b) / Math.log(a / b);
    }

    private static double[] softmax(double[] logits) {
        double[] e = Arrays.stream(logits).map(Math::exp).toArray();
        double sum = ExplainedText.sum(e);
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }
}
