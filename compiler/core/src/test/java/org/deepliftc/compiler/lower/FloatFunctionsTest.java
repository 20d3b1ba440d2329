package org.deepliftc.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.emit.java.ClassHeader;
import org.deepliftc.compiler.emit.java.GeneratedClass;
import org.deepliftc.compiler.emit.java.JavaBackend;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.jit.JaninoCompiler;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.LoopProgram;
import org.deepliftc.compiler.loop.Phase;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.schedule.CodeShape;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;
import org.deepliftc.runtime.VectorSwitch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions written out in float arithmetic against the exact values, over floats of every exponent. */
final class FloatFunctionsTest {
    private static final double MOST_ULPS = 2;
    private static final int COUNT = 1 << 15;

    @ParameterizedTest
    @EnumSource(
            value = Expr.Function.class,
            names = {"EXP", "EXPM1", "LOG", "LOG1P", "TANH", "SIN", "COS"})
    void staysWithinTwoUlps(Expr.Function function) {
        float[] x = samples();
        float[] scalar = computed(function, x, false);
        for (int i = 0; i < x.length; i++) {
            double exact = exact(function).applyAsDouble(x[i]);
            float expected = (float) exact;
            boolean special = Float.isNaN(expected) || Float.isInfinite(expected);
            if (special) {
                assertThat(Float.valueOf(scalar[i]))
                        .as("%s(%s)", function, x[i])
                        .isEqualTo(Float.valueOf(expected));
            } else {
                assertThat(Math.abs(scalar[i] - exact) / Math.ulp(expected))
                        .as("%s(%s) = %s, computed %s", function, x[i], exact, scalar[i])
                        .isLessThanOrEqualTo(MOST_ULPS);
            }
        }
        if (VectorSwitch.isAvailable()) {
            assertThat(computed(function, x, true)).isEqualTo(scalar);
        }
    }

    private static DoubleUnaryOperator exact(Expr.Function function) {
        return switch (function) {
            case EXP -> StrictMath::exp;
            case EXPM1 -> StrictMath::expm1;
            case LOG -> StrictMath::log;
            case LOG1P -> StrictMath::log1p;
            case TANH -> StrictMath::tanh;
            case SIN -> x -> Math.abs(x) <= FloatTrigonometry.LARGEST ? StrictMath.sin(x) : Double.NaN;
            case COS -> x -> Math.abs(x) <= FloatTrigonometry.LARGEST ? StrictMath.cos(x) : Double.NaN;
            case SQRT, ABS, POW -> throw new IllegalArgumentException(function + " has a test of its own or is exact");
        };
    }

    /** Bit patterns spread over all floats, points around which functions change, and the special values. */
    private static float[] samples() {
        List<Float> all = new ArrayList<>(List.of(
                0f,
                -0f,
                1f,
                -1f,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                Float.MIN_NORMAL,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.NaN,
                88.72283f,
                88.72284f,
                -87.33655f,
                -103.97f,
                -104f));
        for (float around : new float[] {1, -1, 0.75f, 1.5f, 0.34657f, -0.34657f, 1.03972f, 9.01f}) {
            float value = around;
            for (int i = 0; i < 64; i++) {
                all.add(value);
                value = Math.nextUp(value);
            }
        }
        for (int n = 1; n < 2048; n++) {
            // floats next to multiples of pi/2, near and far, where sine or cosine vanishes
            float near = (float) (n * Math.PI / 2);
            float far = (float) (n * 1301L * Math.PI / 2);
            all.addAll(List.of(near, Math.nextUp(near), -Math.nextDown(near), far, -far));
        }
        for (int i = 0; all.size() < COUNT; i++) {
            all.add(
                    i % 2 == 0
                            ? Float.intBitsToFloat(i * 524_309)
                            : (i % 4 == 1 ? 1 : -1) * (float) StrictMath.exp(i * 1e-3 - 12));
        }
        float[] x = new float[all.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = all.get(i);
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1.5, 2.7, -0.75, -3.2, 12.5})
    void powersStayWithinFourUlps(double exponent) {
        float[] x = samples();
        UnaryOperator<Expr> power = base -> new Expr.Call(Expr.Function.POW, List.of(base, new Expr.Real(exponent)));
        float[] scalar = computed(power, x, false);
        for (int i = 0; i < x.length; i++) {
            double exact = x[i] < 0 ? Double.NaN : StrictMath.pow(x[i], exponent);
            float expected = (float) exact;
            if (Float.isNaN(expected) || Float.isInfinite(expected)) {
                assertThat(Float.valueOf(scalar[i])).as("%s^%s", x[i], exponent).isEqualTo(Float.valueOf(expected));
            } else {
                assertThat(Math.abs(scalar[i] - exact) / Math.ulp(expected))
                        .as("%s^%s = %s, computed %s", x[i], exponent, exact, scalar[i])
                        .isLessThanOrEqualTo(2 * MOST_ULPS);
            }
        }
        if (VectorSwitch.isAvailable()) {
            assertThat(computed(power, x, true)).isEqualTo(scalar);
        }
    }

    private static float[] computed(Expr.Function function, float[] x, boolean vectors) {
        return computed(value -> new Expr.Call(function, List.of(value)), x, vectors);
    }

    private static float[] computed(UnaryOperator<Expr> function, float[] x, boolean vectors) {
        Buffer in = new Buffer("x", Kind.REAL, x.length, Buffer.Place.INPUT);
        Buffer out = new Buffer("y", Kind.REAL, x.length, Buffer.Place.RESULT);
        Buffer explained = new Buffer("output", Kind.REAL, 1, Buffer.Place.RESULT);
        Code code = new Code(true);
        code.lanes("i", x.length, x.length, (body, i) -> body.store(out, i, function.apply(new Expr.Load(in, i))));
        Map<Phase, List<Procedure>> steps = new EnumMap<>(Phase.class);
        steps.put(Phase.PREDICT, List.of(procedure(ExpandFunctions.run(code.statements()))));
        LoopProgram program = new LoopProgram(
                List.of(new LoopProgram.Port("x", Shape.of(x.length), in)),
                List.of(),
                List.of(new LoopProgram.Port("y", Shape.of(x.length), out)),
                new LoopProgram.Results(
                        List.of(in), List.of(), List.of(), explained, Optional.empty(), Optional.empty()),
                List.of(),
                steps,
                Map.of(),
                List.of(0),
                false);
        ClassHeader header = new ClassHeader(
                "",
                "Functions",
                "functions",
                "functions.dlift",
                "0".repeat(64),
                "test",
                "gradient",
                "y",
                x.length,
                ModelDescription.ReferenceBinding.NONE,
                ModelDescription.TargetBinding.COMPILED,
                List.of(),
                ModelDescription.ElementType.FLOAT,
                CodeShape.LOOPS,
                vectors);
        GeneratedClass generated = JavaBackend.generate(program, header);
        assertThat(generated.source())
                .doesNotContain("Math.exp")
                .doesNotContain("Math.log")
                .doesNotContain("Math.tanh")
                .doesNotContain("Math.sin")
                .doesNotContain("Math.cos");
        float[] y = new float[x.length];
        try (CompiledSession session = JaninoCompiler.load(generated).openSession()) {
            session.predict(new Batch(1, (Object) x).predictions((Object) y), 0, 1);
        }
        return y;
    }

    private static Procedure procedure(List<Stmt> body) {
        Accesses accesses = Accesses.of(body);
        return new Procedure(
                "functions", List.of("every element"), accesses.reads(), accesses.writes(), Optional.empty(), body);
    }
}
