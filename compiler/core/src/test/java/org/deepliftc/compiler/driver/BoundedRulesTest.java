package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that are exact, finite and of the order of the change, however far both runs lie apart. */
final class BoundedRulesTest {
    private static final String SOFTMAX = """
            model Weighed {
              input x: float[4]
              output y = dense(softmax(x), weight = [[1, -2, 0.5, 3]])
            }
            """;
    private static final String LAYER_NORM = """
            model Normed {
              input x: float[4]
              n = layer_norm(x, weight = false, bias = false, epsilon = 1e-12)
              output y = dense(n, weight = [[1, -2, 0.5, 3]])
            }
            """;

    @TempDir
    Path folder;

    private ExplainedText explained(String text, ExplainOptions.Builder options, double[] x, double[] r)
            throws IOException {
        Model model = ExplainedText.model(folder, text);
        return ExplainedText.of(model, options.at(new Point.Output()), x, r);
    }

    private static ExplainOptions.Builder options() {
        return ExplainOptions.builder();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 1, 2, 3, 4, 5, 10, 20, 100, 1e4, 1e6, -5, -100, -1e4})
    void aShiftOfAllLogitsCancels(double shift) throws IOException {
        double[] r = {0.3, -1, 2, 0.7};
        double[] moved = {0.5, -0.3, 0.2, -1};
        double[] x = new double[4];
        for (int i = 0; i < 4; i++) {
            x[i] = r[i] + shift + moved[i];
        }
        for (SoftmaxRule rule : new SoftmaxRule[] {SoftmaxRule.GUARDED, SoftmaxRule.SHIFT_FREE}) {
            ExplainedText explained = explained(SOFTMAX, options().softmaxRule(rule), x, r);
            double change = explained.output()[0] - explained.referenceOutput()[0];
            assertThat(change).isCloseTo(-0.2445, within(1e-4));
            assertThat(ExplainedText.sum(explained.contributions())).isCloseTo(change, within(1e-9));
            assertThat(largest(explained.contributions())).isLessThan(20 * Math.abs(change));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e4, -1e9, -1e20})
    void aMaskOfAnySizeStaysFinite(double mask) throws IOException {
        double[] r = {0.3, -1, 2, 0.7};
        double[][] examples = {
            {0.5 + mask, -0.3 + mask, 0.2 + mask, 1 + mask}, // all of a row, which the softmax does not see
            {0.5, mask, 0.2, -1}, // one of them in one run
        };
        for (double[] x : examples) {
            ExplainedText explained = explained(SOFTMAX, options(), x, r);
            double change = explained.output()[0] - explained.referenceOutput()[0];
            assertThat(ExplainedText.sum(explained.contributions())).isCloseTo(change, within(1e-6));
            assertThat(largest(explained.contributions())).isLessThan(10);
        }
        double[] masked = {0.3, mask, 2, 0.7};
        ExplainedText both = explained(SOFTMAX, options(), new double[] {1, mask + 5, 0, 0.7}, masked);
        assertThat(both.contributions()[1]).isZero();
        assertThat(Math.abs(both.delta()[0])).isLessThan(1e-9);
    }

    /** Where the decomposition of the paper is well-conditioned it is what the default gives. */
    @Test
    void nearLogitsFollowThePaper() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            double[] x = random.doubles(4, -1, 1).toArray();
            double[] r = random.doubles(4, -1, 1).toArray();
            double[] guarded = explained(SOFTMAX, options(), x, r).contributions();
            double[] paper = explained(SOFTMAX, options().softmaxRule(SoftmaxRule.DECOMPOSED), x, r)
                    .contributions();
            assertThat(guarded).containsExactly(paper, within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(NormRule.class)
    void normsSumToTheChange(NormRule rule) throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 20; round++) {
            double[] x = random.doubles(4, -2, 2).toArray();
            double[] r = random.doubles(4, -2, 2).toArray();
            ExplainedText explained = explained(LAYER_NORM, options().normRule(rule), x, r);
            assertThat(Math.abs(explained.delta()[0])).isLessThan(1e-10);
        }
    }

    /** From zeros the inverse norm is a million: only the paper's own rule hands out shares of that size. */
    @Test
    void normsFromZerosStaySmall() throws IOException {
        double[] x = {0.5, -1, 2, 0.25};
        double[] zeros = new double[4];
        ExplainedText guarded = explained(LAYER_NORM, options(), x, zeros);
        ExplainedText path = explained(LAYER_NORM, options().normRule(NormRule.PATH), x, zeros);
        ExplainedText paper = explained(LAYER_NORM, options().normRule(NormRule.DECOMPOSED), x, zeros);
        double change = guarded.output()[0];
        assertThat(largest(guarded.contributions())).isLessThan(10 * Math.abs(change));
        assertThat(largest(path.contributions())).isLessThan(100 * Math.abs(change));
        assertThat(largest(paper.contributions())).isGreaterThan(1e5);
        assertThat(Math.abs(guarded.delta()[0])).isLessThan(1e-10);
        assertThat(Math.abs(path.delta()[0])).isLessThan(1e-10);
    }

    /** A norm with a bound from below, as L2 normalisation writes it. */
    @Test
    void aBoundedNormFromZerosStaysSmall() throws IOException {
        String text = "model Unit {\n input x: float[3]\n n = sqrt(sum(x * x, axis = 0, keepdims = true))\n"
                + " u = x / max(n, [1e-12])\n output y = dense(u, weight = [[1, -2, 0.5]])\n}\n";
        ExplainedText explained = explained(text, options(), new double[] {0.5, -1, 2}, new double[3]);
        double change = explained.output()[0];
        assertThat(largest(explained.contributions())).isLessThan(5 * Math.abs(change));
        assertThat(Math.abs(explained.delta()[0])).isLessThan(1e-10);
    }

    /** A divisor that a root is but a part of may change its sign, and is no norm: 1 + 1 against 1 - 3, which cancel. */
    @Test
    void aDivisorThatChangesItsSignIsNoNorm() throws IOException {
        String text = "model Signed {\n input x: float[2]\n output y = sum(x / (sqrt(abs(x) * 0 + 1) + x)) }";
        double[] x = {1, 1};
        double[] r = {-3, -3};
        ExplainedText guarded = explained(text, options(), x, r);
        ExplainedText paper = explained(text, options().normRule(NormRule.DECOMPOSED), x, r);
        assertThat(guarded.contributions()).containsExactly(paper.contributions());
        assertThat(Math.abs(guarded.delta()[0])).isLessThan(1e-12);
    }

    /** The closed form against the integral of the gradient, by Simpson's rule on the straight path. */
    @Test
    void pathIsTheIntegralOfTheGradient() throws IOException {
        double[] x = {0.5, -1, 2, 0.25};
        double[] r = {-1.5, 0.25, 1, 1};
        double[] weights = {1, -2, 0.5, 3};
        double[] contributions =
                explained(LAYER_NORM, options().normRule(NormRule.PATH), x, r).contributions();
        int steps = 2000;
        double[] expected = new double[4];
        for (int k = 0; k <= steps; k++) {
            double simpson = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
            double[] gradient = gradient(x, r, (double) k / steps, weights);
            for (int j = 0; j < 4; j++) {
                expected[j] += simpson / (3 * steps) * gradient[j] * (x[j] - r[j]);
            }
        }
        assertThat(contributions).containsExactly(expected, within(1e-10));
    }

    private static double[] gradient(double[] x, double[] r, double t, double[] m) {
        double[] c = new double[4];
        double mean = 0;
        for (int i = 0; i < 4; i++) {
            c[i] = r[i] + t * (x[i] - r[i]);
            mean += c[i] / 4;
        }
        double v = 1e-12;
        double along = 0;
        for (int i = 0; i < 4; i++) {
            c[i] -= mean;
            v += c[i] * c[i] / 4;
            along += m[i] * c[i];
        }
        double[] back = new double[4];
        double shared = 0;
        for (int i = 0; i < 4; i++) {
            back[i] = m[i] / Math.sqrt(v) - c[i] * along / (4 * v * Math.sqrt(v));
            shared += back[i] / 4;
        }
        for (int i = 0; i < 4; i++) {
            back[i] -= shared;
        }
        return back;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqrt(x)",
                "sqrt(sum(x * x, axis = 0))",
                "x / (sqrt(sum(x * x, axis = 0, keepdims = true)) + 0.001)",
                "root(x)",
                "0 * sqrt(x)",
                "0 * root(x)"
            })
    void nothingIsHandedBackWhereNothingChanges(String function) throws IOException {
        String text = "activation root(x) = exp(0.5 * log(x))\nmodel Steep {\n  input x: float[3]\n  h = " + function
                + "\n  output y = sum(h)\n}\n";
        double[] zeros = new double[3];
        ExplainedText same = explained(text, options(), zeros, zeros);
        assertThat(same.contributions()).containsOnly(0);
        assertThat(same.delta()).containsExactly(0);
        ExplainedText other = explained(text, options(), new double[] {4, 0, 9}, zeros);
        double change = other.output()[0] - other.referenceOutput()[0];
        assertThat(ExplainedText.sum(other.contributions())).isCloseTo(change, within(1e-9));
        assertThat(other.contributions()[1]).isZero();
    }

    /** A choice by the tensor's own sign is a function of that tensor: here the leaky relu. */
    @Test
    void aChoiceByItsOwnSignIsAFunction() throws IOException {
        String chosen = "model Own {\n input x: float[4]\n h = where(at_least(x, 0), x, 0.1 * x)\n"
                + " output y = dense(h, weight = [[1, -2, 0.5, 3]])\n}\n";
        String leaky = "model Own {\n input x: float[4]\n h = leaky_relu(x, alpha = 0.1)\n"
                + " output y = dense(h, weight = [[1, -2, 0.5, 3]])\n}\n";
        double[] x = {1, -2, 3, -1};
        double[] r = {-1, 1, 2, -3};
        assertThat(explained(chosen, options(), x, r).contributions())
                .containsExactly(explained(leaky, options(), x, r).contributions(), within(1e-12));
    }
}
