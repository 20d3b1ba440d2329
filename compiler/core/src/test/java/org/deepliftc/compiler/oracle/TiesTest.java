package org.deepliftc.compiler.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The larger and the smaller of two operands that tie at an end of the path, at both or all along it. */
final class TiesTest {
    private static final double[] VALUES = {-1, 0, 2};

    @TempDir
    Path folder;

    /**
     * Each operand takes the share of the straight path on which it is the larger one, the first where both are equal all
     * the way: by the place where their difference changes its sign. The shares make up 1, so that contributions sum.
     */
    @ParameterizedTest
    @CsvSource({"max, FLOAT", "max, DOUBLE", "min, FLOAT", "min, DOUBLE"})
    void eachOperandTakesItsShareOfThePath(String function, Precision precision) throws Exception {
        int sign = function.equals("max") ? 1 : -1;
        CompiledModel model = model(function, Method.DEEPLIFT, precision);
        for (int i = 0; i < 81; i++) {
            double[] x = {VALUES[i % 3], VALUES[i / 3 % 3]};
            double[] r = {VALUES[i / 9 % 3], VALUES[i / 27]};
            double ahead = sign * (x[0] - x[1]);
            double aheadBefore = sign * (r[0] - r[1]);
            double first = share(ahead, aheadBefore);
            double[] multipliers = multipliers(model, precision, x, r);
            assertThat(multipliers[0]).isCloseTo(first, offset(1e-6));
            assertThat(multipliers[1]).isCloseTo(1 - first, offset(1e-6));
            double change = sign * (Math.max(sign * x[0], sign * x[1]) - Math.max(sign * r[0], sign * r[1]));
            assertThat(multipliers[0] * (x[0] - r[0]) + multipliers[1] * (x[1] - r[1]))
                    .isCloseTo(change, offset(1e-6));
        }
    }

    /** The part of [0, 1] on which a line between two values is positive, all of it for the line that is 0. */
    private static double share(double end, double start) {
        if (end >= 0 && start >= 0) {
            return 1;
        }
        return end <= 0 && start <= 0 ? 0 : Math.max(end, start) / (Math.max(end, start) - Math.min(end, start));
    }

    @ParameterizedTest
    @CsvSource({"max", "min"})
    void theGradientAtATieIsTheFirstOperands(String function) throws Exception {
        CompiledModel model = model(function, Method.GRADIENT, Precision.FLOAT);
        assertThat(multipliers(model, Precision.FLOAT, new double[] {2, 2}, null))
                .containsExactly(1, 0);
        assertThat(multipliers(model, Precision.FLOAT, new double[] {-1, -1}, null))
                .containsExactly(1, 0);
    }

    private CompiledModel model(String function, Method method, Precision precision) throws Exception {
        Path file = folder.resolve("ties.dlift");
        Files.writeString(
                file,
                "model Ties { input x: float[2]\n output y = " + function
                        + "(x[0:1], x[1:2])\n explain y { at output } }");
        ExplainOptions options = ExplainOptions.NONE
                .withReferences(Map.of("*", new Reference.Given()))
                .withMethod(method);
        return Compiler.load(Compiler.compile(
                Compiler.read(file), CompileOptions.DEFAULT.withExplain(options).withPrecision(precision)));
    }

    private static double[] multipliers(CompiledModel model, Precision precision, double[] x, double[] r) {
        boolean single = precision == Precision.FLOAT;
        Object result = single ? new float[2] : new double[2];
        Batch batch = new Batch(1, typed(x, single));
        if (r == null) {
            batch.contributions(result);
        } else {
            batch.references(1, typed(r, single)).multipliers(result);
        }
        try (CompiledSession session = model.openSession()) {
            session.explain(batch, 0, 1);
        }
        return single ? new double[] {((float[]) result)[0], ((float[]) result)[1]} : (double[]) result;
    }

    private static Object typed(double[] values, boolean single) {
        return single ? new float[] {(float) values[0], (float) values[1]} : values;
    }
}
