package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.check.ListedWeights;
import org.deepliftc.compiler.check.ModelReader;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.CodeShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of tables by number, and choices by condition: what the random networks leave out. */
final class LookUpTest {
    private static final String TABLE = "e.weight [3, 2] = 1 2 10 20 -3 0.5\n";

    @TempDir
    Path folder;

    private ExplainedNetwork network(String body, Method method, double[] actual, double[] reference) throws Exception {
        Files.writeString(folder.resolve("w"), TABLE);
        Path file = folder.resolve("model.dlift");
        Files.writeString(file, "model M {\n weights \"w\"\n input x: float[" + actual.length + "]\n" + body + "\n}\n");
        Model model = ModelReader.check(file, ListedWeights::open).model();
        RandomNetwork network =
                new RandomNetwork(0, Set.of(), 0, false, model, List.of(actual), List.of(List.of(reference)), 0);
        return new ExplainedNetwork(network, method, MaxRule.CROSS);
    }

    /** Expected by hand: each token's row less the reference's, times the weights behind it. */
    @ParameterizedTest
    @EnumSource(CodeShape.class)
    void scoresEachNumber(CodeShape shape) throws Exception {
        double[] tokens = {1, 2, 0, 1};
        double[] reference = {0, 0, 0, 2};
        ExplainedNetwork explained = network(
                "y = embedding(x, weights = \"e\")\n output z = sum(y * [3, -1])", Method.DEEPLIFT, tokens, reference);
        double[] expected = {3 * 9 - 18, 3 * -4 + 1.5, 0, 3 * 13 - 19.5};

        assertThat(explained.interpreted(explained.joint().graph()).get(0)).containsExactly(expected);
        assertThat(BackendAgainstInterpreterTest.compiled(explained, Precision.DOUBLE, shape, b -> b)
                        .get(0))
                .containsExactly(expected);
        assertThat(BackendAgainstInterpreterTest.compiled(explained, Precision.FLOAT, shape, b -> b)
                        .get(0))
                .containsExactly(expected);
    }

    /** Numbers beyond the table stand for its ends. */
    @Test
    void staysInsideTheTable() throws Exception {
        ExplainedNetwork explained = network(
                "output z = sum(embedding(x, weights = \"e\"))", Method.DEEPLIFT, new double[] {7, -5}, new double[] {
                    1, 1
                });

        assertThat(explained.interpreted(explained.joint().graph()).get(0)).containsExactly(-32.5, -27);
        assertThat(BackendAgainstInterpreterTest.compiled(explained, Precision.FLOAT, CodeShape.LOOPS, b -> b)
                        .get(0))
                .containsExactly(-32.5, -27);
    }

    @Test
    void hasNoGradient() throws Exception {
        ExplainedNetwork explained = network(
                "output z = sum(embedding(x, weights = \"e\"))", Method.GRADIENT, new double[] {1}, new double[] {0});

        assertThatThrownBy(explained::joint)
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("no gradient by its number");
    }

    /** The first element chooses a on both runs, the second b; the third changes sides and counts half of each. */
    @ParameterizedTest
    @EnumSource(CodeShape.class)
    void choosesByCondition(CodeShape shape) throws Exception {
        ExplainedNetwork explained = network(
                "output z = sum(where(at_least(x, 0), 3 * x, 5 * x))",
                Method.DEEPLIFT,
                new double[] {2, -1, 1},
                new double[] {1, -2, -1});
        double[] expected = {3, 5, 8};

        assertThat(explained.interpreted(explained.joint().graph()).get(0)).containsExactly(expected);
        assertThat(BackendAgainstInterpreterTest.compiled(explained, Precision.DOUBLE, shape, b -> b)
                        .get(0))
                .containsExactly(expected);
    }
}
