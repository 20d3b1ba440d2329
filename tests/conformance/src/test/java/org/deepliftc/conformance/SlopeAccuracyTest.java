package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepliftc.conformance.Exact.number;
import static org.deepliftc.conformance.Exact.over;
import static org.deepliftc.conformance.Exact.plus;
import static org.deepliftc.conformance.Exact.times;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The divided differences that generated code computes in float, for points that are equal, one unit in the last place
 * apart, near, far and across a kink, against quotients of sixty digits.
 *
 * <p>The error is at most 1e-6 of the largest |f'| between the two points, and of a function that only rises or only falls
 * at most 1e-6 of the quotient itself. A function that turns around inside has a slope of zero there, and its parts cancel:
 * for those the largest |f'| is that up to an eighth of the points' size beyond them.
 */
class SlopeAccuracyTest {
    private static final double MOST = 1e-6;

    /** Slopes below the normal floats are not held to their digits. */
    private static final double TINY = Float.MIN_NORMAL;

    private static final double[] POINTS = {
        -60, -30, -12, -9, -5, -3, -2.5, -1, -0.25, -1e-3, -1e-6, 0, 1e-6, 1e-3, 0.25, 1, 2.5, 3, 5, 9, 12, 30, 60
    };
    private static final double[] POSITIVE = {1e-12, 1e-6, 1e-3, 0.25, 0.99, 1, 1.01, 3.5, 12, 60, 1e4, 1e9};
    private static final double[] ANY_POSITIVE = {1e-37, 1e-30, 1e-12, 1e-3, 0.25, 1, 3.5, 60, 1e9, 1e30};
    private static final double[] DISTANCES = {0, 1e-7, 3e-7, 1e-5, 1e-3, 0.1, 1, 7};

    private static final Set<String> SYMMETRIC = Set.of("erf(x)", "tanh(x)", "normal_cdf(x)");

    @TempDir
    Path folder;

    /** How a function behaves between points. */
    private enum Course {
        RISES_OR_FALLS,
        TURNS,
        /** Its parts cancel near a point where it turns, or in the user's own arithmetic. */
        CANCELS
    }

    /** A function of the language and its exact meaning, up to a constant that no difference sees. */
    private record Case(
            String text,
            String definition,
            UnaryOperator<BigDecimal> exact,
            Course course,
            double[] points,
            double parts,
            double... kinks) {
        @Override
        public String toString() {
            return definition.isEmpty() ? text : definition;
        }

        /** With points where it bends: which derivative is meant there, ScalarMeaningTest says. */
        Case bentAt(double... bends) {
            return new Case(text, definition, exact, course, points, parts, bends);
        }

        boolean bendsAt(double a) {
            return Arrays.stream(kinks).anyMatch(kink -> a == (float) kink);
        }
    }

    private static Case rising(String text, double[] points, UnaryOperator<BigDecimal> exact) {
        return new Case(text, "", exact, Course.RISES_OR_FALLS, points, 0);
    }

    private static Case turning(String text, double[] points, UnaryOperator<BigDecimal> exact) {
        return new Case(text, "", exact, Course.TURNS, points, 0);
    }

    private static Case cancelling(String text, UnaryOperator<BigDecimal> exact) {
        return new Case(text, "", exact, Course.CANCELS, POINTS, 0);
    }

    /** @param parts the slope of the parts where these cancel */
    private static Case written(String body, double parts, UnaryOperator<BigDecimal> exact) {
        double[] near = Arrays.stream(POINTS).filter(x -> Math.abs(x) <= 12).toArray();
        return new Case("f(x)", "activation f(x) = " + body, exact, Course.CANCELS, near, parts);
    }

    static Stream<Case> cases() {
        return Stream.of(builtIn(), composed(), writtenByUsers()).flatMap(s -> s);
    }

    private static Stream<Case> builtIn() {
        return Stream.of(
                rising("relu(x)", POINTS, x -> x.max(BigDecimal.ZERO)).bentAt(0),
                rising("leaky_relu(x, alpha = 0.125)", POINTS, x -> leaky(x, number("0.125")))
                        .bentAt(0),
                rising("elu(x)", POINTS, x -> unit(x, Exact.ONE, Exact.ONE)),
                rising("elu(x, alpha = 0.75)", POINTS, x -> unit(x, number("0.75"), Exact.ONE))
                        .bentAt(0),
                rising("celu(x)", POINTS, x -> unit(x, Exact.ONE, Exact.ONE)),
                rising("celu(x, alpha = 0.7)", POINTS, x -> unit(x, number("0.7"), number("0.7"))),
                rising("celu(x, alpha = 3)", POINTS, x -> unit(x, number("3"), number("3"))),
                rising("selu(x)", POINTS, SlopeAccuracyTest::selu).bentAt(0),
                rising("sigmoid(x)", POINTS, Exact::sigmoid),
                rising("tanh(x)", POINTS, x -> times(Exact.TWO, Exact.sigmoid(times(Exact.TWO, x)))),
                rising("softplus(x)", POINTS, Exact::softplus),
                rising("softplus(x)", new double[] {-85, -81, -79, 79, 80, 81, 95, 1e4}, Exact::softplus),
                rising("softsign(x)", POINTS, x -> over(x, plus(Exact.ONE, x.abs()))),
                rising("exp(x)", POINTS, Exact::exp),
                rising("exp(x)", new double[] {-87, -80, 80, 88, 88.7}, Exact::exp),
                rising("log(x)", ANY_POSITIVE, Exact::log),
                rising("sqrt(x)", ANY_POSITIVE, Exact::sqrt),
                rising("rsqrt(x)", POSITIVE, x -> over(Exact.ONE, Exact.sqrt(x))),
                rising("reciprocal(x)", POSITIVE, x -> over(Exact.ONE, x)),
                rising("pow(x, exponent = 0.3)", POSITIVE, x -> power(x, "0.3")),
                rising("pow(x, exponent = 1.5)", POSITIVE, x -> power(x, "1.5")),
                rising("pow(x, exponent = 2.7)", POSITIVE, x -> power(x, "2.7")),
                rising("pow(x, exponent = -0.75)", POSITIVE, x -> power(x, "-0.75")),
                rising("pow(x, exponent = 3)", POSITIVE, x -> x.pow(3)),
                turning("square(x)", POINTS, x -> x.multiply(x)),
                turning("abs(x)", POINTS, BigDecimal::abs).bentAt(0),
                rising(
                                "clip(x, low = -2.5, high = 3)",
                                POINTS,
                                x -> x.max(number("-2.5")).min(number("3")))
                        .bentAt(-2.5, 3),
                rising(
                        "clip(x, low = -0.3, high = 0.7)",
                        around(-0.3, 0.7),
                        x -> x.max(new BigDecimal(-0.3)).min(new BigDecimal(0.7))),
                rising("erf(x)", POINTS, x -> Exact.erfc(x.negate())),
                rising("normal_cdf(x)", POINTS, SlopeAccuracyTest::normal),
                turning("sin(x)", POINTS, Exact::sin),
                turning("cos(x)", POINTS, Exact::cos),
                turning("sin(x)", around(Math.PI / 2, 100 * Math.PI, 1e4, 1e6, 4e6), Exact::sin),
                turning("cos(x)", around(Math.PI / 2, 100 * Math.PI, 1e4, 1e6, 4e6), Exact::cos));
    }

    private static Stream<Case> composed() {
        return Stream.of(
                cancelling("gelu(x)", x -> times(x, normal(x))),
                cancelling("silu(x)", x -> times(x, Exact.sigmoid(x))),
                cancelling("mish(x)", x -> times(x, Exact.tanh(Exact.softplus(x)))),
                cancelling("hard_swish(x)", x -> times(x, hardSigmoid(x, new BigDecimal(1 / 6.0))))
                        .bentAt(-3, 3),
                rising("hard_sigmoid(x)", around(-2.5, 2.5, 0), x -> hardSigmoid(x, new BigDecimal(0.2)))
                        .bentAt(-2.5, 2.5),
                rising(
                        "hard_sigmoid(x, alpha = 0.3)",
                        around(-5 / 3.0, 5 / 3.0, 7),
                        x -> hardSigmoid(x, new BigDecimal(0.3))));
    }

    private static Stream<Case> writtenByUsers() {
        return Stream.of(
                written("x * sigmoid(x)", 0, x -> times(x, Exact.sigmoid(x))),
                written("x / (1 + exp(0 - x))", 0, x -> times(x, Exact.sigmoid(x))),
                written("x - tanh(x)", 1, x -> Exact.minus(x, Exact.tanh(x))),
                written("6 * clip(x / 6)", 0, x -> x.max(BigDecimal.ZERO).min(number("6")))
                        .bentAt(0, 6),
                written(
                                "x * clip(x / 5 + 0.5)",
                                0,
                                x -> times(
                                        x,
                                        x.multiply(number("0.2"))
                                                .add(number("0.5"))
                                                .max(BigDecimal.ZERO)
                                                .min(Exact.ONE)))
                        .bentAt(-2.5, 2.5),
                written("exp(0.3 * log(1 + x * x))", 0, x -> power(x.multiply(x).add(Exact.ONE), "0.3")),
                written(
                        "sin(x) * exp(0 - x * x)",
                        0,
                        x -> times(Exact.sin(x), Exact.exp(x.multiply(x).negate()))));
    }

    private static double[] around(double... points) {
        return Arrays.stream(points)
                .flatMap(p -> java.util.stream.DoubleStream.of(p, Math.nextUp((float) p), Math.nextDown((float) p), -p))
                .distinct()
                .toArray();
    }

    private static BigDecimal leaky(BigDecimal x, BigDecimal slope) {
        return x.signum() > 0 ? x : times(slope, x);
    }

    /** alpha (exp(x / scale) - 1) below 0. */
    private static BigDecimal unit(BigDecimal x, BigDecimal alpha, BigDecimal scale) {
        return x.signum() > 0 ? x : times(alpha, Exact.exp(over(x, scale)).subtract(Exact.ONE));
    }

    private static BigDecimal selu(BigDecimal x) {
        return times(
                number("1.0507009873554804934193349852946"),
                unit(x, number("1.6732632423543772848170429916717"), Exact.ONE));
    }

    private static BigDecimal normal(BigDecimal x) {
        return over(Exact.erfc(over(x.negate(), Exact.sqrt(Exact.TWO))), Exact.TWO);
    }

    private static BigDecimal power(BigDecimal x, String exponent) {
        return Exact.exp(times(number(exponent), Exact.log(x)));
    }

    private static BigDecimal hardSigmoid(BigDecimal x, BigDecimal alpha) {
        return x.multiply(alpha).add(number("0.5")).max(BigDecimal.ZERO).min(Exact.ONE);
    }

    @Test
    void everyActivationIsAmongThem() {
        Set<String> tested =
                builtIn().map(c -> c.text.substring(0, c.text.indexOf('('))).collect(Collectors.toSet());
        for (Activation.Kind kind : Activation.Kind.values()) {
            // prelu has the code of leaky_relu
            assertThat(kind == Activation.Kind.PRELU || tested.contains(kind.spelling()))
                    .as(kind.spelling())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inFloat(Case function) throws IOException {
        List<float[]> pairs = pairs(function);
        float[] slopes = (float[]) slopes(function, Precision.FLOAT, pairs);
        double[] inDouble = (double[]) slopes(function, Precision.DOUBLE, pairs);
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < slopes.length; i++) {
            double a = pairs.get(i)[0];
            double b = pairs.get(i)[1];
            if (a == b && function.bendsAt(a)) {
                continue;
            }
            double exact = slope(function, a, b);
            if (misses(slopes[i], function, a, b, exact, MOST, TINY)) {
                failures.add(String.format("between %s and %s: %s, exactly %s", a, b, slopes[i], exact));
            }
            if (misses(inDouble[i], function, a, b, exact, 1e-9, 1e-40)) {
                failures.add(String.format("in double between %s and %s: %s, exactly %s", a, b, inDouble[i], exact));
            }
        }
        assertThat(failures).isEmpty();
    }

    private static boolean misses(
            double slope, Case function, double a, double b, double exact, double most, double tiny) {
        double error = Math.abs(slope - exact);
        return !(error <= most * Math.abs(exact) + tiny) && !(error <= most * largest(function, a, b) + tiny);
    }

    /** Pairs of floats: every point with neighbours at all distances on both sides, and with every other point. */
    private static List<float[]> pairs(Case function) {
        boolean positive =
                function.points[0] > 0 && Arrays.stream(function.points).allMatch(x -> x > 0);
        List<float[]> pairs = new ArrayList<>();
        for (double point : function.points) {
            float a = (float) point;
            pairs.add(new float[] {a, Math.nextUp(a)});
            pairs.add(new float[] {a, Math.nextDown(a)});
            for (double distance : DISTANCES) {
                double size = positive ? Math.abs(a) : Math.max(1, Math.abs(a));
                pairs.add(new float[] {a, (float) (a + distance * size / (positive ? 10 : 1))});
                pairs.add(new float[] {(float) (a - distance * (positive ? size / 10 : 1)), a});
            }
            for (double other : function.points) {
                pairs.add(new float[] {a, (float) other});
            }
        }
        boolean periodic = Set.of("sin(x)", "cos(x)").contains(function.text);
        double most = function.text.equals("exp(x)") ? 88.72 : periodic ? 0x1p22 : 3e38;
        pairs.removeIf(pair -> Math.max(pair[0], pair[1]) > most
                || periodic && Math.min(pair[0], pair[1]) < -most
                || positive && Math.min(pair[0], pair[1]) <= 0);
        return pairs;
    }

    /** The quotient, or a central one over a distance far below the digits that count. */
    private static double slope(Case function, double a, double b) {
        BigDecimal x = new BigDecimal(a);
        BigDecimal y = new BigDecimal(b);
        if (a == b) {
            BigDecimal h = new BigDecimal(a == 0 ? 1e-16 : Math.abs(a) * 1e-16);
            x = x.add(h);
            y = y.subtract(h);
        }
        // f(x) + f(-x) is constant: the negative side keeps its digits
        return SYMMETRIC.contains(function.text) && a > 0 && b > 0
                ? rise(function, y.negate(), x.negate())
                : rise(function, x, y);
    }

    private static double rise(Case function, BigDecimal x, BigDecimal y) {
        BigDecimal change = function.exact.apply(x).subtract(function.exact.apply(y));
        return change.divide(x.subtract(y), Exact.DIGITS).doubleValue();
    }

    /** The largest |f'| between two points, or a little beyond. */
    private static double largest(Case function, double a, double b) {
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        if (function.course == Course.RISES_OR_FALLS) {
            return Math.abs(slope(function, a, b));
        }
        if (function.course == Course.CANCELS) {
            double margin = Math.max(1, Math.max(Math.abs(low), Math.abs(high))) / 8;
            low -= margin;
            high += margin;
        }
        int steps = 8;
        double largest = Math.max(function.parts, Math.abs(slope(function, a, b)));
        for (int i = 0; i <= steps; i++) {
            double point = low + (high - low) * i / steps;
            largest = Math.max(largest, Math.abs(slope(function, point, point)));
        }
        return largest;
    }

    private Object slopes(Case function, Precision precision, List<float[]> pairs) throws IOException {
        int count = pairs.size();
        Path file = folder.resolve("model.dlift");
        Files.writeString(
                file,
                function.definition + "\nmodel Slopes {\n  input x: float[1]\n  output y = " + function.text
                        + "\n  explain y { at output }\n}\n");
        ExplainOptions options = ExplainOptions.NONE.withReferences(Map.of("*", new Reference.Given()));
        CompiledModel model = Compiler.load(Compiler.compile(
                Compiler.read(file), CompileOptions.DEFAULT.withExplain(options).withPrecision(precision)));
        Object x = column(pairs, 0, precision);
        Object reference = column(pairs, 1, precision);
        Object multipliers = precision == Precision.FLOAT ? new float[count] : new double[count];
        try (CompiledSession session = model.openSession()) {
            session.explain(new Batch(count, x).references(1, reference).multipliers(multipliers), 0, count);
        }
        return multipliers;
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
}
