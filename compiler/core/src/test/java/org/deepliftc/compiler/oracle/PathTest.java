package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integrated gradients from a reference known when compiling: the mean over the path, in every shape of code. */
final class PathTest {
    @TempDir
    Path folder;

    /** The midpoint rule is exact for the gradient of a square, whatever the number of steps: x^2 - 0. */
    @ParameterizedTest
    @CsvSource({"1, LOOPS", "5, LOOPS", "1, STRAIGHT", "5, STRAIGHT", "64, AUTO"})
    void squaresSumToTheirDifference(int steps, CodeShape shape) throws Exception {
        Path file = folder.resolve("net.dlift");
        Files.writeString(file, """
                model Net {
                  input x: float[3]
                  output y = dense(square(x), weight = [[1, 2, -3]])
                  explain y { method integrated_gradients; steps %d }
                }
                """.formatted(steps));
        CompiledModel model = Compiler.load(Compiler.compile(
                Compiler.read(file),
                CompileOptions.DEFAULT.withPrecision(Precision.DOUBLE).withShape(shape)));
        double[] x = {1, -2, 0.5, 3, 0, 1};
        double[] contributions = new double[6];
        double[] delta = new double[2];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(2, x).contributions(contributions).convergenceDelta(delta), 0, 2);
        }
        double[] expected = {1, 8, -0.75, 9, 0, -3};
        for (int i = 0; i < expected.length; i++) {
            assertThat(contributions[i]).isCloseTo(expected[i], offset(1e-12));
        }
        assertThat(delta).containsExactly(new double[] {0, 0}, offset(1e-12));
    }
}
