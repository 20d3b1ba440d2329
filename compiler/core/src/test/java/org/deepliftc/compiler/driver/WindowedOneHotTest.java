package org.deepliftc.compiler.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.compiler.optimize.SeededModel;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window of a one-hot sequence is read as words of its letters too. */
final class WindowedOneHotTest {
    private static final int LENGTH = 120;
    private static final int FILTERS = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 60, 119})
    void givesTheContributionsOfTheDerivedGraph(int position) {
        SeededModel model = SeededModel.of(
                folder,
                """
                model Profile {
                  input dna: float[4, %d] onehot(axis = 0)
                  weights "w"
                  a = relu(conv1d(dna, padding = same, weights = "a"))
                  output profile = conv1d(a, padding = same, weights = "b")
                  explain profile { target [1, %d] }
                }
                """.formatted(LENGTH, position),
                Map.of(
                        "a.weight", List.of(FILTERS, 4, 9),
                        "a.bias", List.of(FILTERS),
                        "b.weight", List.of(2, FILTERS, 5),
                        "b.bias", List.of(2)));
        CompiledClass compiled =
                Compiler.compile(model.model(), CompileOptions.DEFAULT.withPrecision(CompileOptions.Precision.DOUBLE));
        assertThat(compiled.javaSource()).contains("table of");
        double[] row = oneHot(new Random(position));
        double[] got = new double[row.length];
        try (CompiledSession session = Compiler.load(compiled).openSession()) {
            session.explain(new Batch(1, (Object) row).contributions((Object) got), 0, 1);
        }
        Op.Input leaf = new Op.Input(Op.Role.ACTUAL, 0, Shape.of(4, LENGTH), ElementType.REAL);
        double[] expected = new Interpreter(Map.of(leaf, row))
                .value(model.derived().outputs().get(ResultNames.CONTRIBUTIONS + 0));
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).as("[%d]", i).isCloseTo(expected[i], within(1e-12));
        }
    }

    private static double[] oneHot(Random random) {
        double[] row = new double[4 * LENGTH];
        for (int p = 0; p < LENGTH; p++) {
            row[random.nextInt(4) * LENGTH + p] = 1;
        }
        return row;
    }
}
