package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs whose elements sum to a constant (paper 2.6, eq. 22). */
final class SumConstraintTest {
    @TempDir
    Path folder;

    private Model read(String body) throws Exception {
        Path file = folder.resolve("net.dlift");
        Files.writeString(file, "model Net {\n" + body + "\n}\n");
        return Compiler.read(file);
    }

    private double[] contributions(String body, double[] x, double[] r, double[] outputs) throws Exception {
        ExplainOptions options = ExplainOptions.NONE.withReferences(Map.of("*", new Reference.Given()));
        CompiledModel model = Compiler.load(Compiler.compile(
                read(body), CompileOptions.DEFAULT.withExplain(options).withPrecision(Precision.DOUBLE)));
        double[] contributions = new double[x.length];
        double[] output = new double[1];
        double[] before = new double[1];
        try (CompiledSession session = model.openSession()) {
            session.explain(
                    new Batch(1, (Object) x)
                            .references(1, (Object) r)
                            .contributions((Object) contributions)
                            .output(output)
                            .referenceOutput(before),
                    0,
                    1);
        }
        outputs[0] = output[0];
        outputs[1] = before[0];
        return contributions;
    }

    /** A w + b = A (w - mean w) + b + c mean w: the same output, contributions of weights without their mean. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 0, -0.5})
    void aDenseLayerIsNormalised(double c) throws Exception {
        double[] w = {5, 1, -3, 9};
        double[] x = {0.25, 1, c - 2, 0.75};
        double[] r = {c, 0, 0, 0};
        double[] outputs = new double[2];
        double[] contributions = contributions(
                "input x: float[4] constraint sum(axis = 0) = " + c
                        + "\n output y = dense(x, weights = [[5, 1, -3, 9]], bias = [2])",
                x,
                r,
                outputs);
        double plain = 2;
        for (int i = 0; i < 4; i++) {
            plain += w[i] * x[i];
            assertThat(contributions[i]).isCloseTo((w[i] - 3) * (x[i] - r[i]), offset(1e-12));
        }
        assertThat(outputs[0]).isCloseTo(plain, offset(1e-12));
        assertThat(Arrays.stream(contributions).sum()).isCloseTo(outputs[0] - outputs[1], offset(1e-12));
    }

    /** Moving all weights of a position alike says nothing where the channels of each position sum to a constant. */
    @Test
    void weightsThatDifferByAShiftExplainAlike() throws Exception {
        String text = "input x: float[2, 3] constraint sum(axis = 0) = 2\n"
                + " a = conv1d(x, width = 2, padding = [1, 0], weights = %s, bias = [0.5])\n"
                + " output y = sum(tanh(a))";
        double[] x = {0.5, 3, 1, 1.5, -1, 1};
        double[] r = {1, 1, 2, 1, 1, 0};
        double[] outputs = new double[2];
        double[] plain = contributions(String.format(text, "[[[1, 2], [-1, 4]]]"), x, r, outputs);
        double expected = 0;
        for (int p = 0; p < 3; p++) {
            double a = 0.5 + 2 * x[p] + 4 * x[3 + p];
            a += p == 0 ? 0 : x[p - 1] - x[3 + p - 1];
            expected += Math.tanh(a);
        }
        assertThat(outputs[0]).isCloseTo(expected, offset(1e-12));
        // at the first position the left tap reads padding: only the right tap's shift of 0.25 times 2 can be taken
        // back
        double[] shifted = contributions(
                String.format(text, "[[[1, 2.25], [-1, 4.25]]]").replace("bias = [0.5]", "bias = [0]"), x, r, outputs);
        assertThat(outputs[0]).isCloseTo(expected, offset(1e-12));
        for (int i = 0; i < x.length; i++) {
            assertThat(shifted[i]).isCloseTo(plain[i], offset(1e-12));
        }
    }

    /** A one-hot axis is the case of a sum of 1. */
    @Test
    void oneHotIsASumOfOne() throws Exception {
        String text =
                "input x: float[4, 3] %s\n output y = sum(relu(conv1d(x, width = 1, weights = [[[1], [2], [3], [-9]]],"
                        + " bias = [1])))";
        double[] x = {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] r = new double[12];
        Arrays.fill(r, 0.25);
        double[] outputs = new double[2];
        assertThat(contributions(String.format(text, "constraint sum(axis = 0) = 1"), x, r, outputs))
                .containsExactly(contributions(String.format(text, "onehot(axis = 0)"), x, r, outputs), offset(1e-15));
    }

    @Test
    void aReaderThatCannotBeNormalisedIsAnErrorThatNamesIt() throws Exception {
        Model model =
                read("input x: float[4] constraint sum(axis = 0) = 1\n squashed = tanh(x)\n output y = sum(squashed)");
        assertThatThrownBy(() -> Compiler.compile(model, CompileOptions.DEFAULT))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("the weights of 'squashed', which reads the constrained input 'x'")
                .hasMessageContaining("neither a dense layer nor a convolution");
    }

    @Test
    void theDeclarationIsKept() throws Exception {
        Model model = read("input x: float[3, 4] constraint sum(axis = -1) = 1 / 4\n"
                + " constraint = sum(x, axis = 0)\n output y = constraint");
        assertThat(model.inputs().get(0).sum()).isEqualTo(Optional.of(new Model.SumConstraint(1, 0.25)));
        assertThat(model.inputs().get(0).onehot()).isEmpty();
    }
}
