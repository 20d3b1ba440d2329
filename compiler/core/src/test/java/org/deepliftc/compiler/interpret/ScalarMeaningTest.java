package org.deepliftc.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ScalarMeaningTest {
    private static final double SLOPE = 0.3;

    private static double[] points(Kind kind) {
        boolean positive = kind == Kind.LOG || kind == Kind.SQRT || kind == Kind.RSQRT || kind == Kind.RECIPROCAL;
        DoubleStream points = DoubleStream.of(-30, -2.5, -1, -1e-3, 1e-3, 0.7, 1, 3, 30);
        return points.filter(x -> !positive || x > 0).toArray();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void farApartItIsTheQuotientOfTheDifferences(Kind kind) {
        Activation f = Activation.of(kind);
        for (double a : points(kind)) {
            for (double b : points(kind)) {
                if (a != b) {
                    double quotient = (ScalarMeaning.value(f, a, SLOPE) - ScalarMeaning.value(f, b, SLOPE)) / (a - b);
                    assertThat(ScalarMeaning.dividedDifference(f, a, b, SLOPE))
                            .as("%s between %s and %s", kind, a, b)
                            .isCloseTo(quotient, within(1e-11 * Math.max(1, Math.abs(quotient))));
                }
            }
        }
    }

    /** A bound of x f''(x) / f'(x) at the points. */
    private static double steepness(Kind kind) {
        return kind == Kind.SIN ? 200 : kind == Kind.NORMAL_CDF ? 1000 : 35;
    }

    /** Without cancellation the quotient nears its limit as b nears a, at every distance alike. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void closeByItTendsToTheDerivative(Kind kind) {
        Activation f = Activation.of(kind);
        for (double a : points(kind)) {
            if (kind == Kind.CLIP && a == 1) {
                continue; // a kink: the quotient above it tends to another number
            }
            double derivative = ScalarMeaning.dividedDifference(f, a, a, SLOPE);
            for (double distance = 1e-4; distance > 1e-18; distance /= 10) {
                double b = a + distance * Math.abs(a);
                assertThat(ScalarMeaning.dividedDifference(f, a, b, SLOPE))
                        .as("%s at %s, %s apart", kind, a, distance)
                        .isCloseTo(derivative, Percentage.withPercentage(100 * steepness(kind) * distance + 1e-12));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void swappingThePointsChangesNothing(Kind kind) {
        Activation f = Activation.of(kind);
        for (double a : points(kind)) {
            for (double b : points(kind)) {
                assertThat(ScalarMeaning.dividedDifference(f, a, b, SLOPE))
                        .isCloseTo(ScalarMeaning.dividedDifference(f, b, a, SLOPE), Percentage.withPercentage(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RELU, 0",
        "LEAKY_RELU, 0.25",
        "PRELU, 0.3",
        "ELU, 0.25",
        "SELU, 1.7580993408473766",
        "CELU, 1",
        "ABS, 0",
        "CLIP, 1",
    })
    void derivativesAtAKink(Kind kind, double expected) {
        Activation f = Activation.of(kind, kind.hasAlpha() ? 0.25 : 0);
        assertThat(ScalarMeaning.dividedDifference(f, 0, 0, SLOPE)).isCloseTo(expected, within(1e-15));
        assertThat(ScalarMeaning.dividedDifference(f, -0.0, 0, SLOPE)).isCloseTo(expected, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "SIGMOID, 800, -800, 0.000625",
        "SOFTPLUS, 2000, -2000, 0.5",
        "TANH, 1e3, -1e3, 1e-3",
        "EXP, -5, -5000, 1.34893834e-6",
        "SOFTPLUS, 1e6, 1000001, 1",
        "SIGMOID, -700, -700.0000001, 9.85967649e-305",
    })
    void nothingOverflowsOnTheWay(Kind kind, double a, double b, double expected) {
        assertThat(ScalarMeaning.dividedDifference(Activation.of(kind), a, b, 0))
                .isCloseTo(expected, Percentage.withPercentage(1e-5));
    }

    @Test
    void aFunctionTheUserWroteTelescopes() {
        ScalarFunction x = new ScalarFunction.Variable();
        ScalarFunction soft = new ScalarFunction.Apply((Activation.Builtin) Activation.of(Kind.SOFTPLUS), x);
        ScalarFunction body = new ScalarFunction.Arithmetic(
                ScalarFunction.Operator.DIVIDE,
                x,
                new ScalarFunction.Arithmetic(ScalarFunction.Operator.ADD, new ScalarFunction.Number(1), soft));
        Activation f = new Activation.UserDefined("f", body);
        for (double a : points(Kind.TANH)) {
            for (double b : points(Kind.TANH)) {
                double rise = ScalarMeaning.value(f, a, 0) - ScalarMeaning.value(f, b, 0);
                assertThat(ScalarMeaning.dividedDifference(f, a, b, 0) * (a - b))
                        .isCloseTo(rise, within(1e-13 * 30));
            }
        }
        double h = 1e-5;
        double central = (ScalarMeaning.value(f, 0.7 + h, 0) - ScalarMeaning.value(f, 0.7 - h, 0)) / (2 * h);
        assertThat(ScalarMeaning.dividedDifference(f, 0.7, 0.7, 0)).isCloseTo(central, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void notANumberStaysNotANumber(Kind kind) {
        assertThat(ScalarMeaning.value(Activation.of(kind), Double.NaN, SLOPE)).isNaN();
        assertThat(Arrays.stream(points(kind)).map(x -> ScalarMeaning.value(Activation.of(kind), x, SLOPE)))
                .allMatch(Double::isFinite);
    }
}
