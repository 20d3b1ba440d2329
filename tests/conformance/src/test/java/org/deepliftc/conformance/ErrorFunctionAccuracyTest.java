package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepliftc.conformance.Exact.over;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What generated code computes for erf and the normal distribution function, whose series are its own, against sixty
 * digits: small points, the joints of the series, and tails down to the smallest normal float.
 */
class ErrorFunctionAccuracyTest {
    private static final int COUNT = 1501;

    @TempDir
    Path folder;

    static Stream<Arguments> functions() {
        UnaryOperator<BigDecimal> erf = x -> Exact.ONE.subtract(Exact.erfc(x));
        UnaryOperator<BigDecimal> normal = x -> over(Exact.erfc(over(x.negate(), Exact.sqrt(Exact.TWO))), Exact.TWO);
        return Stream.of(Arguments.of("erf", erf), Arguments.of("normal_cdf", normal));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void staysWithinFewUlps(String function, UnaryOperator<BigDecimal> exact) throws IOException {
        float[] x = points();
        double[] inDoubles = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            inDoubles[i] = x[i];
        }
        float[] floats = (float[]) values(function, Precision.FLOAT, x, new float[COUNT]);
        double[] doubles = (double[]) values(function, Precision.DOUBLE, inDoubles, new double[COUNT]);
        for (int i = 0; i < COUNT; i++) {
            double expected = exact.apply(new BigDecimal(x[i])).doubleValue();
            if (Math.abs(expected) < Float.MIN_NORMAL) {
                continue;
            }
            assertThat(Math.abs(floats[i] - expected) / Math.ulp((float) expected))
                    .as("%s(%s) = %s in float, exactly %s", function, x[i], floats[i], expected)
                    .isLessThanOrEqualTo(4);
            assertThat(Math.abs(doubles[i] - expected) / Math.abs(expected))
                    .as("%s(%s) = %s in double, exactly %s", function, x[i], doubles[i], expected)
                    .isLessThanOrEqualTo(4e-15);
        }
    }

    private static float[] points() {
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double size = i % 3 == 0 ? Math.exp(-20 + i * 0.015) : 14 * (i % 500) / 500.0;
            x[i] = (float) (i % 2 == 0 ? size : -size);
        }
        return x;
    }

    private Object values(String function, Precision precision, Object x, Object values) throws IOException {
        Path file = folder.resolve(function + ".dlift");
        Files.writeString(
                file,
                "model Values {\n  input x: float[1]\n  output y = " + function
                        + "(x)\n  explain y { at output }\n}\n");
        CompileOptions options = CompileOptions.DEFAULT.withPrecision(precision);
        try (CompiledSession session =
                Compiler.load(Compiler.compile(Compiler.read(file), options)).openSession()) {
            session.predict(new Batch(COUNT, x).predictions(values), 0, COUNT);
        }
        return values;
    }
}
