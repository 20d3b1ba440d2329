package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The divided differences that generated code computes, for points that are equal, one unit in the last place apart,
 * near, far and across a kink. In float they are held against the same quotient of the same points in double.
 */
class SlopeAccuracyTest {
    private static final double[] POINTS = {-60, -12, -3.5, -1, -0.25, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.25, 1, 3.5, 12, 60
    };
    private static final double[] DISTANCES = {0, 1e-7, 1e-5, 1e-3, 0.1, 1, 7};

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRELU")
    void builtIn(Activation.Kind kind) throws IOException {
        boolean positive = kind == Activation.Kind.LOG || kind == Activation.Kind.SQRT || kind == Activation.Kind.RSQRT;
        boolean nonzero = kind == Activation.Kind.RECIPROCAL;
        List<float[]> pairs = new ArrayList<>();
        for (float[] pair : pairs()) {
            boolean overflows = kind == Activation.Kind.EXP && Math.max(pair[0], pair[1]) > 80;
            boolean inDomain = positive ? pair[0] > 0 && pair[1] > 0 : !nonzero || pair[0] * pair[1] > 0;
            if (inDomain && !overflows) {
                pairs.add(pair);
            }
        }
        check("output y = " + kind.spelling() + "(x)", "", kind.spelling(), Activation.of(kind), pairs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x * sigmoid(x)",
                "x * tanh(softplus(x))",
                "x / (1 + exp(0 - x))",
                "(x * x + 1) / (2 + x * x)",
                "gelu(x)",
                "hard_swish(x)",
                "silu(x)",
                "mish(x)",
                "clip(x / 5 + 0.5)"
            })
    void userDefined(String body) throws IOException {
        String definition = "activation f(x) = " + body;
        List<float[]> pairs = new ArrayList<>();
        for (float[] pair : pairs()) {
            if (Math.abs(pair[0]) <= 20 && Math.abs(pair[1]) <= 20) {
                pairs.add(pair);
            }
        }
        check("output y = f(x)", definition, body, null, pairs);
    }

    /** Pairs of floats: every point with neighbours at all distances on both sides, and with every other point. */
    private static List<float[]> pairs() {
        List<float[]> pairs = new ArrayList<>();
        for (double point : POINTS) {
            float a = (float) point;
            pairs.add(new float[] {a, Math.nextUp(a)});
            pairs.add(new float[] {a, Math.nextDown(a)});
            for (double distance : DISTANCES) {
                pairs.add(new float[] {a, (float) (a + distance * Math.max(1, Math.abs(a)))});
                pairs.add(new float[] {(float) (a - distance), a});
            }
            for (double other : POINTS) {
                pairs.add(new float[] {a, (float) other});
            }
        }
        return pairs;
    }

    private void check(String output, String definition, String what, Activation activation, List<float[]> pairs)
            throws IOException {
        double[] exact = slopes(output, definition, Precision.DOUBLE, pairs);
        double[] inFloat = slopes(output, definition, Precision.FLOAT, pairs);
        for (int i = 0; i < exact.length; i++) {
            String where = what + " between " + pairs.get(i)[0] + " and " + pairs.get(i)[1];
            // where a function has cancelling parts of its own, slopes near zero are as exact as its largest part
            double scale = Math.max(Math.abs(exact[i]), activation == null ? 0.1 : 1e-30);
            assertThat(Math.abs(inFloat[i] - exact[i])).as(where).isLessThanOrEqualTo(4e-6 * scale);
        }
        if (activation != null) {
            double[] meant = meaning(activation, pairs);
            for (int i = 0; i < exact.length; i++) {
                String where = what + " between " + pairs.get(i)[0] + " and " + pairs.get(i)[1];
                assertThat(exact[i]).as(where).satisfies(within(meant[i]));
            }
        }
    }

    private static org.assertj.core.api.ThrowingConsumer<Double> within(double meant) {
        return got -> assertThat(Math.abs(got - meant)).isLessThanOrEqualTo(1e-10 * Math.max(Math.abs(meant), 1e-30));
    }

    private double[] slopes(String output, String definition, Precision precision, List<float[]> pairs)
            throws IOException {
        int count = pairs.size();
        Path file = folder.resolve("model.dlift");
        String text = "model Slopes {\n  " + definition + "\n  input x: float[1]\n  " + output
                + "\n  explain y { at output }\n}\n";
        Files.writeString(file, text);
        ExplainOptions options = ExplainOptions.NONE.withReferences(Map.of("*", new Reference.Given()));
        CompiledModel model = Compiler.load(Compiler.compile(
                Compiler.read(file), CompileOptions.DEFAULT.withExplain(options).withPrecision(precision)));
        Object x = column(pairs, 0, precision);
        Object reference = column(pairs, 1, precision);
        Object multipliers = precision == Precision.FLOAT ? new float[count] : new double[count];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(count, x).references(1, reference).multipliers(multipliers), 0, count);
        }
        double[] slopes = new double[count];
        for (int i = 0; i < count; i++) {
            slopes[i] = precision == Precision.FLOAT ? ((float[]) multipliers)[i] : ((double[]) multipliers)[i];
        }
        return slopes;
    }

    private static Object column(List<float[]> pairs, int index, Precision precision) {
        float[] floats = new float[pairs.size()];
        double[] doubles = new double[pairs.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = pairs.get(i)[index];
            doubles[i] = floats[i];
        }
        return precision == Precision.FLOAT ? floats : doubles;
    }

    private static double[] meaning(Activation activation, List<float[]> pairs) {
        Shape shape = Shape.of(pairs.size());
        ConstantData a = ConstantData.real(shape, (double[]) column(pairs, 0, Precision.DOUBLE));
        ConstantData b = ConstantData.real(shape, (double[]) column(pairs, 1, Precision.DOUBLE));
        return Interpreter.fold(new Op.DividedDifference(activation), List.of(a, b), shape, ElementType.REAL)
                .toArray();
    }
}
