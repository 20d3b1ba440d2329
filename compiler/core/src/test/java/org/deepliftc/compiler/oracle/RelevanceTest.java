package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layer-wise relevance propagation without epsilon is gradient times input on piecewise linear networks (paper 4.1). */
final class RelevanceTest {
    @TempDir
    Path folder;

    @Test
    void withoutBiasesAndEpsilonItIsGradientTimesInput() throws Exception {
        String model = """
                model Net {
                  input x: float[2, 4]
                  a = relu(conv1d(x, weight = [[[1, -2], [0.5, 3]], [[-1, 1], [2, -0.25]]]))
                  b = maxpool1d(a, width = 2, stride = 1)
                  c = leaky_relu(dense(flatten(b), weight = [[1, -1, 2, 0.5], [-3, 1, 1, 2], [0.5, 0.5, -1, 1]]), alpha = 0.1)
                  output y = dense(c, weight = [[2, -1, 0.5]])
                }
                """;
        double[] x = {0.5, -1.25, 2, 0.75, 1, 0.25, -0.5, 1.5};
        double[] relevance = scores(model, x, Method.LRP, Optional.of(0.0));
        double[] products = scores(model, x, Method.GRADIENT_X_INPUT, Optional.empty());
        for (int i = 0; i < x.length; i++) {
            assertThat(relevance[i]).isCloseTo(products[i], org.assertj.core.data.Offset.offset(1e-12));
        }
    }

    /** What the bias takes is missing from the inputs: y = relu(x + 1), R_x = x / (x + 1) y. */
    @Test
    void theBiasTakesItsShare() throws Exception {
        String model = """
                model Net {
                  input x: float[1]
                  output y = relu(dense(x, weight = [[1]], bias = [1]))
                }
                """;
        double[] relevance = scores(model, new double[] {3}, Method.LRP, Optional.of(1.0));
        assertThat(relevance[0]).isCloseTo(3 * 4 / 5.0, org.assertj.core.data.Offset.offset(1e-12));
    }

    private double[] scores(String text, double[] x, Method method, Optional<Double> epsilon) throws Exception {
        Path file = folder.resolve("net.dlift");
        Files.writeString(file, text);
        ExplainOptions.Builder asked = ExplainOptions.builder().method(method);
        epsilon.ifPresent(asked::lrpEpsilon);
        CompiledModel model = Compiler.load(Compiler.compile(
                Compiler.read(file),
                CompileOptions.DEFAULT.withExplain(asked.build()).withPrecision(Precision.DOUBLE)));
        double[] scores = new double[x.length];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(1, x).contributions(scores), 0, 1);
        }
        return scores;
    }
}
