package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other tools compute, by their definitions written as they are. */
final class ToolsTest {
    private static final Offset<Double> CLOSE = within(1e-12);
    private static final double[] X = {1.5, -0.75};
    private static final double[] REFERENCE = {-0.5, 0.25};

    @TempDir
    Path folder;

    private ExplainedText explained(Tool tool, String body) throws IOException {
        return explained(ExplainOptions.builder().like(tool), body);
    }

    private ExplainedText explained(ExplainOptions.Builder options, String body) throws IOException {
        Model model = ExplainedText.model(folder, "model M { input x: float[2]\n" + body + "\n}");
        return ExplainedText.of(model, options, X, REFERENCE);
    }

    /** Automatic differentiation hands the other factor back, in Captum as it is on the example, in SHAP on the reference. */
    @ParameterizedTest
    @EnumSource(
            value = Tool.class,
            names = {"CAPTUM", "SHAP"})
    void productsHaveTheGradient(Tool tool) throws IOException {
        ExplainedText explained = explained(tool, "output y = tanh(x[0]) * sigmoid(x[1])");
        double[] slopes = {
            (Math.tanh(X[0]) - Math.tanh(REFERENCE[0])) / (X[0] - REFERENCE[0]),
            (sigmoid(X[1]) - sigmoid(REFERENCE[1])) / (X[1] - REFERENCE[1])
        };
        double[] at = tool == Tool.SHAP ? REFERENCE : X;
        assertThat(explained.contributions())
                .containsExactly(
                        new double[] {
                            sigmoid(at[1]) * slopes[0] * (X[0] - REFERENCE[0]),
                            Math.tanh(at[0]) * slopes[1] * (X[1] - REFERENCE[1])
                        },
                        CLOSE);
        assertThat(Math.abs(explained.delta()[0])).isGreaterThan(0.01);
    }

    /** SiLU is x times sigmoid to both, mish is a function neither has a rule for. */
    @Test
    void unknownNonlinearitiesHaveTheGradient() throws IOException {
        double change = X[0] - REFERENCE[0];
        assertThat(explained(Tool.CAPTUM, "output y = exp(x[0])").contributions()[0])
                .isCloseTo(Math.exp(X[0]) * change, CLOSE);
        assertThat(explained(Tool.SHAP, "output y = exp(x[0])").contributions()[0])
                .isCloseTo(Math.exp(REFERENCE[0]) * change, CLOSE);
        assertThat(explained(Tool.SHAP, "output y = gelu(x[0])").delta()[0]).isCloseTo(0, CLOSE);
        assertThat(Math.abs(explained(Tool.CAPTUM, "output y = gelu(x[0])").delta()[0]))
                .isGreaterThan(0.01);
    }

    @Test
    void shapTakesSoftmaxElementByElement() throws IOException {
        ExplainedText explained =
                explained(ExplainOptions.builder().like(Tool.SHAP).target(Target.flat(1)), "output y = softmax(3 * x)");
        double change = explained.output()[0] - explained.referenceOutput()[0];
        assertThat(explained.output()[0]).isCloseTo(1 / (1 + Math.exp(3 * (X[0] - X[1]))), CLOSE);
        assertThat(explained.contributions()).containsExactly(new double[] {0, change}, CLOSE);
    }

    @Test
    void whatIsNotWellDefinedIsRefused() {
        assertThatThrownBy(() -> explained(Tool.CAPTUM, "output y = sum(softmax(x) * [1, 2])"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("depend on other examples");
        String overlapping = "output y = sum(maxpool1d(reshape(x, [1, 2]), width = 2, stride = 1, padding = 1))";
        assertThatThrownBy(() -> explained(Tool.SHAP, overlapping))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("its windows overlap");
        assertThatThrownBy(() -> explained(Tool.DEEPLIFT, "output y = sum(tanh(x) + relu(x))"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("deeplift 0.6.13 has no such layer");
        assertThatThrownBy(() -> explained(
                        ExplainOptions.builder().like(Tool.SHAP).method(Method.GRADIENT), "output y = sum(x)"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("those of deeplift, but the method is gradient");
    }

    /** The original library explains logits as they are, reveals behind dense layers and hands pools' gradients back. */
    @Test
    void deepliftIsItsOwnDefaults() throws IOException {
        String body = """
                h = relu(dense(x, weight = [[1, 2], [-1, 3]], bias = [0.5, -0.25]))
                pooled = flatten(maxpool1d(reshape(h, [1, 2]), width = 2, stride = 2))
                output y = sigmoid(dense(pooled, weight = [[2]]))
                """;
        ExplainedText expected = explained(
                ExplainOptions.builder()
                        .rule(NonlinearityRule.GENOMICS)
                        .maxRule(MaxRule.GRADIENT)
                        .at(new Point.PreActivation())
                        .softmax(SoftmaxTarget.PLAIN),
                body);
        assertThat(explained(Tool.DEEPLIFT, body).contributions()).containsExactly(expected.contributions(), CLOSE);
    }

    @Test
    void otherChoicesBeatThoseOfATool() throws IOException {
        String body = "output y = sigmoid(sum(maxpool1d(reshape(x, [1, 2]), width = 2, stride = 2)))";
        ExplainedText explained =
                explained(ExplainOptions.builder().like(Tool.CAPTUM).at(new Point.PreActivation()), body);
        assertThat(explained.output()[0]).isCloseTo(X[0], CLOSE);
    }

    @Test
    void tellsWhichNodesDiffer() throws IOException {
        Model model = ExplainedText.model(
                folder, "model M { input x: float[2]\n g = tanh(x) * sigmoid(x)\n output y = sum(g) }");
        CompileOptions own = CompileOptions.DEFAULT;
        CompileOptions captum =
                own.withExplain(ExplainOptions.builder().like(Tool.CAPTUM).build());
        assertThat(Compiler.ruleDifferences(model, captum, own))
                .containsExactly(new RuleDifference("g", "multiply", "gradient", "product"));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
