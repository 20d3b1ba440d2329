package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSoftmaxTest {
    @TempDir
    Path folder;

    private CompiledModel model(String text) throws Exception {
        Path file = folder.resolve("net.dlift");
        Files.writeString(file, text);
        ExplainOptions options = ExplainOptions.NONE.withReferences(Map.of("*", new Reference.Given()));
        return Compiler.load(Compiler.compile(Compiler.read(file), CompileOptions.DEFAULT.withExplain(options)));
    }

    private static float[][] explained(CompiledModel model, float[] x, float[] r) {
        float[] contributions = new float[x.length];
        float[] output = new float[1];
        float[] before = new float[1];
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
        return new float[][] {contributions, output, before};
    }

    /** Runs 400 apart: with one shift for both, exponentials of the other run are 0 in float, and nothing is lost. */
    @Test
    void runsFarApartSum() throws Exception {
        CompiledModel model =
                model("model Net { input x: float[3]\n output y = logsoftmax(x)\n explain y { at output; target 1 } }");
        float[][] points = {
            {200, -200, 3}, {-200, 200, -7}, {200, 200, 200}, {-200, -200, -200}, {0, 0, 0}, {1, 2, 3}, {200, 199, 0}
        };
        for (float[] x : points) {
            for (float[] r : points) {
                float[][] result = explained(model, x, r);
                double sum = (double) result[0][0] + result[0][1] + result[0][2];
                assertThat(sum).isCloseTo(result[1][0] - (double) result[2][0], offset(1e-3));
                assertThat(result[1][0]).isCloseTo((float) logSoftmax(x, 1), offset(1e-4f));
            }
        }
    }

    private static double logSoftmax(float[] x, int target) {
        double sum = 0;
        for (float each : x) {
            sum += Math.exp((double) each - x[target]);
        }
        return -Math.log(sum);
    }

    @Test
    void whatMovesAllClassesAlikeCountsNothing() throws Exception {
        CompiledModel model = model("model Net { input x: float[1]\n a = x * [1, 1, 1] + [0.5, -1, 2]\n"
                + " output y = logsoftmax(a)\n explain y { at output; target 2 } }");
        assertThat(explained(model, new float[] {150}, new float[] {-20})[0][0]).isCloseTo(0, offset(1e-4f));
    }

    /** As of a softmax, what is explained is the logit less the mean of all. */
    @Test
    void asFinalActivationItsLogitsAreExplained() throws Exception {
        String head = "model Net { input x: float[3]\n a = x * [1, 2, 3]\n output y = ";
        float[] x = {0.5f, -1, 2};
        float[] r = {0, 1, 0.25f};
        float[] log = explained(model(head + "logsoftmax(a)\n explain y { target 1 } }"), x, r)[0];
        float[] plain = explained(model(head + "softmax(a)\n explain y { target 1 } }"), x, r)[0];
        assertThat(log).containsExactly(plain);
        for (int i = 0; i < 3; i++) {
            double weight = (i == 1 ? 1 : 0) - 1 / 3.0;
            assertThat((double) log[i]).isCloseTo(weight * (i + 1) * (x[i] - r[i]), offset(1e-6));
        }
    }
}
