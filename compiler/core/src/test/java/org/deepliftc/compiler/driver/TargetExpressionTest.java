package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets that are expressions of neurons, against what the neurons alone give. */
final class TargetExpressionTest {
    private static final Offset<Double> CLOSE = within(1e-12);
    private static final double[] X = {1.5, -0.75, 2};
    private static final double[] REFERENCE = {-0.5, 0.25, 1};

    @TempDir
    Path folder;

    private Model model;

    @BeforeEach
    void read() throws IOException {
        model = ExplainedText.model(folder, """
                model Classes {
                  input x: float[3]
                  h = tanh(dense(x, weight = [[1, 2, -1], [0.5, -4, 1], [2, 1, 1]], bias = [0.5, 0, -1]))
                  logits = dense(h * sigmoid(h), weight = [[1, 2, 0], [3, -1, 1], [-2, 0.5, 4], [1, 1, 1]], bias = [1, 0, 0, 2])
                  output p = softmax(logits)
                }
                """);
    }

    private ExplainedText explained(String target) {
        return explained(ExplainOptions.builder(), target);
    }

    private ExplainedText explained(ExplainOptions.Builder options, String target) {
        return ExplainedText.of(model, options.target(Target.parse(target)), X, REFERENCE);
    }

    @ParameterizedTest
    @EnumSource(SoftmaxTarget.class)
    void aDifferenceOfClassesIsTheDifferenceOfTheirExplanations(SoftmaxTarget how) {
        ExplainedText both = explained(ExplainOptions.builder().softmax(how), "2 - 0");
        ExplainedText two = explained(ExplainOptions.builder().softmax(how), "2");
        ExplainedText zero = explained(ExplainOptions.builder().softmax(how), "0");
        assertThat(both.output()[0]).isCloseTo(two.output()[0] - zero.output()[0], CLOSE);
        for (int i = 0; i < X.length; i++) {
            assertThat(both.contributions()[i]).isCloseTo(two.contributions()[i] - zero.contributions()[i], CLOSE);
        }
        assertThat(both.delta()[0]).isCloseTo(0, CLOSE);
    }

    @Test
    void severalSumsShareOnePass() {
        ExplainedText sums = explained("0.5*[1] + 2*3, -1*2, 0 - mean");
        ExplainedText single = explained("0, 1, 2, 3");
        double[][] weights = {{0, 0.5, 0, 2}, {0, 0, -1, 0}, {0.75, -0.25, -0.25, -0.25}};
        for (int sum = 0; sum < weights.length; sum++) {
            double output = 0;
            double[] expected = new double[X.length];
            for (int k = 0; k < 4; k++) {
                output += weights[sum][k] * single.output()[k];
                for (int i = 0; i < X.length; i++) {
                    expected[i] += weights[sum][k] * single.contributions(k)[i];
                }
            }
            assertThat(sums.output()[sum]).isCloseTo(output, CLOSE);
            assertThat(sums.contributions(sum)).containsExactly(expected, CLOSE);
        }
    }

    @Test
    void aHeldProfileWeighsLogitsByTheSoftmaxOfTheExample() {
        ExplainOptions.Builder plain = ExplainOptions.builder().softmax(SoftmaxTarget.PLAIN);
        ExplainedText logits = explained(plain, "0, 1, 2, 3");
        double[] softmax = softmax(logits.output());
        double mean = ExplainedText.sum(logits.output()) / 4;
        double expected = IntStream.range(0, 4)
                .mapToDouble(k -> softmax[k] * (logits.output()[k] - mean))
                .sum();
        ExplainedText profile = explained("profile");
        assertThat(profile.output()[0]).isCloseTo(expected, CLOSE);
        for (int i = 0; i < X.length; i++) {
            double contribution = 0;
            for (int k = 0; k < 4; k++) {
                contribution += (softmax[k] - 0.25) * logits.contributions(k)[i];
            }
            assertThat(profile.contributions()[i]).isCloseTo(contribution, CLOSE);
        }
        assertThat(profile.delta()[0]).isCloseTo(0, CLOSE);
    }

    @Test
    void aProfileWithItsSoftmaxIsTheDifferenceOfBothRuns() {
        ExplainedText logits = explained(ExplainOptions.builder().softmax(SoftmaxTarget.PLAIN), "0, 1, 2, 3");
        ExplainedText profile = explained("profile-with-softmax");
        assertThat(profile.output()[0]).isCloseTo(profileOf(logits.output()), CLOSE);
        assertThat(profile.referenceOutput()[0]).isCloseTo(profileOf(logits.referenceOutput()), CLOSE);
        assertThat(ExplainedText.sum(profile.contributions()))
                .isCloseTo(profileOf(logits.output()) - profileOf(logits.referenceOutput()), CLOSE);
    }

    /** The gradient of an expression, by central differences. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"GRADIENT", "GRADIENT_X_INPUT"})
    void gradientsAreThoseOfTheExpression(Method method) {
        ExplainedText gradient = explained(ExplainOptions.builder().method(method), "profile-with-softmax");
        for (int i = 0; i < X.length; i++) {
            double[] up = X.clone();
            double[] down = X.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (value(up) - value(down)) / 2e-5;
            double expected = method == Method.GRADIENT ? slope : slope * X[i];
            assertThat(gradient.contributions()[i]).isCloseTo(expected, within(1e-8));
        }
    }

    private double value(double[] x) {
        return ExplainedText.of(
                        model, ExplainOptions.builder().target(Target.parse("profile-with-softmax")), x, REFERENCE)
                .output()[0];
    }

    @Test
    void namesWhatLiesOutside() {
        assertThatThrownBy(() -> explained("1 - 4"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("target 4 is outside 'logits' [4], which has 4 neurons");
        assertThatThrownBy(() -> explained("[0, 1] - 2"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("has 2 indices, but 'logits' is [4]");
        assertThatThrownBy(() -> explained("1 - 1"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessage("target 1 - 1 of 'logits' is 0 whatever the input");
        assertThatThrownBy(() -> explained("mean"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("as logits of a softmax are explained less their mean");
    }

    @Test
    void theLanguageSaysTheSame() throws IOException {
        for (String[] spelled : new String[][] {
            {"2 - 0", "2 - 0"},
            {"0.5 * [1] + 2 * 3, -1 * 2, mean", "0.5*[1] + 2*3, -1*2, mean"},
            {"profile", "profile"},
            {"profile_with_softmax", "profile-with-softmax"}
        }) {
            Model written = ExplainedText.model(folder, """
                    model Classes {
                      input x: float[3]
                      output y = dense(x, weight = [[1, 2, -1], [0.5, -4, 1], [2, 1, 1], [1, 1, 1]])
                      explain { target %s }
                    }
                    """.formatted(spelled[0]));
            assertThat(written.explain().target()).contains(Target.parse(spelled[1]));
        }
    }

    @Test
    void explainsProfilesOfAnyShapeAtANamedNode() {
        ExplainOptions.Builder at = ExplainOptions.builder().at(new Point.Named("h"));
        ExplainedText profile = explained(at, "profile");
        assertThat(profile.delta()[0]).isCloseTo(0, CLOSE);
        assertThat(Arrays.stream(profile.contributions()).anyMatch(c -> c != 0)).isTrue();
    }

    private static double profileOf(double[] logits) {
        double[] softmax = softmax(logits);
        double mean = ExplainedText.sum(logits) / logits.length;
        return IntStream.range(0, logits.length)
                .mapToDouble(k -> softmax[k] * (logits[k] - mean))
                .sum();
    }

    private static double[] softmax(double[] logits) {
        double[] e = Arrays.stream(logits).map(Math::exp).toArray();
        double sum = ExplainedText.sum(e);
        return Arrays.stream(e).map(v -> v / sum).toArray();
    }
}
