package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.check.ListedWeights;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layers made of several operators, from the language: their contributions are those of the paper's equations for the
 * operators, sum to the change of the output, and come out of the compiled class.
 */
final class ComposedLayersTest {
    private static final String WEIGHTS = """
            h.weight [6] = 0.5 -1 2 0.25 1 -0.5
            h.bias [6] = 0.1 0 -0.2 0.3 0 0.5
            g.weight [4] = 1 -0.5 2 0.75
            attn.in_proj_weight [18, 6]
            attn.in_proj_bias [18]
            attn.out_proj.weight [6, 6]
            attn.out_proj.bias [6]
            up.weight [4, 3, 3]
            up.bias [3] = 0.5 0 -1
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layer_norm(x, weights = \"h\")",
                "layer_norm(x, axis = 0, weight = false, bias = false)",
                "rms_norm(x, weights = \"h\", epsilon = 1e-3)",
                "group_norm(x, groups = 2, weight = \"g.weight\")",
                "instance_norm(x, weight = false)",
                "local_response_norm(x, size = 3, alpha = 0.5, beta = 0.75, k = 2)",
                "softmax(tanh(x) + [200, -200, 150, -150, 0, 199])",
                "attention(x, 0.5 * x, x, heads = 2)",
                "attention(x, x, x, heads = 3, causal = true)",
                "multihead_attention(x, heads = 2, scale = 0.02, weights = \"attn\")",
                "multihead_attention(x, heads = 3, key = 2 * x, causal = true, scale = 0.02, weights = \"attn\")",
                "einsum(\"ij,kj->ik\", x, tanh(x))",
                "einsum(\"ij,ij->j\", x, tanh(x))",
                "einsum(\"ij->j\", x)",
                "conv_transpose1d(x, filters = 3, width = 3, stride = 2, padding = 1, output_padding = 1, weights = \"up\")",
                "conv_transpose1d(x, filters = 3, dilation = 2, weights = \"up\")",
                "upsample(x, scale = 3)",
                "upsample(reshape(x, [2, 3, 4]), scale = [2, 3], mode = linear)",
                "upsample(x, scale = 2, mode = linear, align_corners = true)",
                "pixel_shuffle(reshape(x, [4, 2, 3]), factor = 2)",
                "adaptive_avgpool(x, size = 4)",
                "adaptive_avgpool(reshape(x, [2, 3, 4]), size = [3, 2])",
                "adaptive_maxpool(x, size = 3)",
                "maxpool3d(reshape(x, [1, 2, 3, 4]), size = 2, stride = 1)",
                "avgpool3d(reshape(x, [1, 2, 3, 4]), size = [1, 2, 2])",
                "x + globalavgpool(tanh(x), keepdims = true)",
            })
    void contributionsAreThoseOfTheirOperators(String expression) throws Exception {
        Files.writeString(folder.resolve("w"), WEIGHTS);
        Path file = folder.resolve("model.dlift");
        Files.writeString(
                file,
                "model M {\n weights \"w\"\n input x: float[4, 6]\n y = " + expression
                        + "\n output z = sum(y * tanh(y + 0.5))\n}\n");
        Model model = ModelReader.check(file, ListedWeights::open).model();
        Random random = new Random(expression.hashCode());
        List<List<double[]>> references = new ArrayList<>();
        references.add(List.of(normal(random, 24)));
        references.add(List.of(new double[24]));
        RandomNetwork network =
                new RandomNetwork(0, Set.of(), 0, false, model, List.of(normal(random, 24)), references, 0);
        ExplainedNetwork explained = new ExplainedNetwork(network, Method.DEEPLIFT, MaxRule.CROSS);
        List<double[]> expected =
                explained.oracle().contributions(Method.DEEPLIFT, network.actual(), network.references());
        List<double[]> interpreted = explained.interpreted(explained.joint().graph());
        assertThat(ExplainedNetwork.error(expected, interpreted)).isLessThan(1e-9);
        double[] output = new double[1];
        double[] referenceOutput = new double[1];
        List<double[]> compiled = BackendAgainstInterpreterTest.compiled(
                explained,
                Precision.DOUBLE,
                CodeShape.LOOPS,
                b -> b.output(output).referenceOutput(referenceOutput));
        assertThat(ExplainedNetwork.error(interpreted, compiled)).isLessThan(1e-10);
        double sum = 0;
        double size = Math.abs(output[0]) + Math.abs(referenceOutput[0]);
        for (double each : compiled.get(0)) {
            sum += each;
            size += Math.abs(each);
        }
        assertThat(Math.abs(sum - (output[0] - referenceOutput[0])) / size).isLessThan(1e-10);
        List<double[]> inFloat = BackendAgainstInterpreterTest.compiled(
                explained, Precision.FLOAT, CodeShape.LOOPS, UnaryOperator.identity());
        assertThat(ExplainedNetwork.error(interpreted, inFloat)).isLessThan(1e-3);
    }

    private static double[] normal(Random random, int size) {
        return random.doubles(size, -1.5, 1.5).toArray();
    }
}
