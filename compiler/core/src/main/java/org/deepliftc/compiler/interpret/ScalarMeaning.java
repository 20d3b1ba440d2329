package org.deepliftc.compiler.interpret;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;

/**
 * Values and divided differences of activations.
 *
 * <p>A divided difference is (f(a) - f(b)) / (a - b), and f'(a) where a = b. Wherever f(a) - f(b) would cancel, an
 * identity without that subtraction is used, so that no threshold separates the quotient from its limit. The derivative
 * at a kink: relu 0; leaky_relu and prelu the negative slope; elu, selu and celu the left derivative; abs 0;
 * clip 1.
 */
final class ScalarMeaning {
    /** The constants of Klambauer et al., "Self-Normalizing Neural Networks" (arXiv 1706.02515), section 2. */
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;

    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    /** Above this distance e^d overflows on the way; the plain difference of softplus has nothing left to cancel. */
    private static final double SOFTPLUS_FAR = 500;

    private ScalarMeaning() {}

    /** f(x); {@code slope} is read by prelu alone. */
    static double value(Activation activation, double x, double slope) {
        return activation instanceof Activation.Builtin builtin
                ? value(builtin, x, slope)
                : value(((Activation.UserDefined) activation).body(), x);
    }

    private static double value(Activation.Builtin activation, double x, double slope) {
        double alpha = activation.alpha();
        return switch (activation.kind()) {
            case RELU -> Math.max(x, 0);
            case LEAKY_RELU -> leaky(x, alpha);
            case PRELU -> leaky(x, slope);
            case ELU -> elu(x, alpha);
            case SELU -> SELU_SCALE * elu(x, SELU_ALPHA);
            case CELU -> x > 0 ? x : alpha * Math.expm1(x / alpha);
            case SIGMOID -> sigmoid(x);
            case TANH -> Math.tanh(x);
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> x / (1 + Math.abs(x));
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case SQUARE -> x * x;
            case ABS -> Math.abs(x);
            case CLIP -> Math.min(Math.max(x, alpha), activation.beta());
            case ERF -> ErrorFunction.erf(x);
            case NORMAL_CDF -> ErrorFunction.normal(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
        };
    }

    private static double value(ScalarFunction function, double x) {
        if (function instanceof ScalarFunction.Number number) {
            return number.value();
        }
        if (function instanceof ScalarFunction.Apply apply) {
            return value(apply.outer(), value(apply.inner(), x), 0);
        }
        if (function instanceof ScalarFunction.Arithmetic arithmetic) {
            double left = value(arithmetic.left(), x);
            double right = value(arithmetic.right(), x);
            return switch (arithmetic.operator()) {
                case ADD -> left + right;
                case SUBTRACT -> left - right;
                case MULTIPLY -> left * right;
                case DIVIDE -> left / right;
            };
        }
        return x;
    }

    /** The divided difference between {@code a} and {@code b}; {@code slope} is read by prelu alone. */
    static double dividedDifference(Activation activation, double a, double b, double slope) {
        return activation instanceof Activation.Builtin builtin
                ? dividedDifference(builtin, a, b, slope)
                : dividedDifference(((Activation.UserDefined) activation).body(), a, b);
    }

    private static double dividedDifference(Activation.Builtin activation, double a, double b, double slope) {
        double alpha = activation.alpha();
        return switch (activation.kind()) {
            case RELU -> leakyDifference(a, b, 0);
            case LEAKY_RELU -> leakyDifference(a, b, alpha);
            case PRELU -> leakyDifference(a, b, slope);
            case ELU -> eluDifference(a, b, alpha);
            case SELU -> SELU_SCALE * eluDifference(a, b, SELU_ALPHA);
            case CELU ->
                a <= 0 && b <= 0
                        ? expDifference(a / alpha, b / alpha)
                        : rising(a, b, value(activation, a, 0), value(activation, b, 0));
            case SIGMOID -> sigmoidDifference(a, b);
            case TANH -> 4 * sigmoidDifference(2 * a, 2 * b);
            case SOFTPLUS -> softplusDifference(a, b);
            case SOFTSIGN ->
                a * b >= 0
                        ? 1 / ((1 + Math.abs(a)) * (1 + Math.abs(b)))
                        : (value(activation, a, 0) - value(activation, b, 0)) / (a - b);
            case EXP -> expDifference(a, b);
            case LOG -> logDifference(a, b);
            case SQRT -> 1 / (Math.sqrt(a) + Math.sqrt(b));
            case RSQRT -> -1 / (Math.sqrt(a) * Math.sqrt(b) * (Math.sqrt(a) + Math.sqrt(b)));
            case RECIPROCAL -> -(1 / a) * (1 / b);
            case SQUARE -> a + b;
            case ABS -> absDifference(a, b);
            case CLIP -> clipDifference(activation, a, b);
            case ERF -> ErrorFunction.difference(a, b);
            case NORMAL_CDF -> ErrorFunction.normalDifference(a, b);
            case SIN -> Math.cos((a + b) / 2) * cardinalSine((a - b) / 2);
            case COS -> -Math.sin((a + b) / 2) * cardinalSine((a - b) / 2);
        };
    }

    /** Chain and product rule of divided differences, both exact for any distance between a and b. */
    private static double dividedDifference(ScalarFunction function, double a, double b) {
        if (function instanceof ScalarFunction.Number) {
            return 0;
        }
        if (function instanceof ScalarFunction.Apply apply) {
            double outer = dividedDifference(apply.outer(), value(apply.inner(), a), value(apply.inner(), b), 0);
            return outer * dividedDifference(apply.inner(), a, b);
        }
        if (function instanceof ScalarFunction.Arithmetic arithmetic) {
            double left = dividedDifference(arithmetic.left(), a, b);
            double right = dividedDifference(arithmetic.right(), a, b);
            return switch (arithmetic.operator()) {
                case ADD -> left + right;
                case SUBTRACT -> left - right;
                case MULTIPLY -> left * mean(arithmetic.right(), a, b) + right * mean(arithmetic.left(), a, b);
                case DIVIDE -> quotientDifference(arithmetic, left, right, a, b);
            };
        }
        return 1;
    }

    /** (f/g)(a) - (f/g)(b) = (f(a) - f(b)) mean(1/g) - mean(f) (g(a) - g(b)) / (g(a) g(b)). */
    private static double quotientDifference(
            ScalarFunction.Arithmetic quotient, double left, double right, double a, double b) {
        double inverseA = 1 / value(quotient.right(), a);
        double inverseB = 1 / value(quotient.right(), b);
        return left * (inverseA + inverseB) / 2 - mean(quotient.left(), a, b) * right * inverseA * inverseB;
    }

    private static double mean(ScalarFunction function, double a, double b) {
        return (value(function, a) + value(function, b)) / 2;
    }

    private static double leaky(double x, double slope) {
        return x > 0 ? x : slope * x;
    }

    private static double elu(double x, double alpha) {
        return x > 0 ? x : alpha * Math.expm1(x);
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** Both on the identity's side: 1. On two sides: the quotient, whose parts add up instead of cancelling. */
    private static double rising(double a, double b, double fa, double fb) {
        return a > 0 && b > 0 ? 1 : (fa - fb) / (a - b);
    }

    private static double leakyDifference(double a, double b, double slope) {
        return a <= 0 && b <= 0 ? slope : rising(a, b, leaky(a, slope), leaky(b, slope));
    }

    private static double eluDifference(double a, double b, double alpha) {
        return a <= 0 && b <= 0 ? alpha * expDifference(a, b) : rising(a, b, elu(a, alpha), elu(b, alpha));
    }

    /** (1 - e^-d) / d for d at least 0. */
    private static double decay(double d) {
        return d == 0 ? 1 : -Math.expm1(-d) / d;
    }

    /** e^high (1 - e^-d) / d. */
    private static double expDifference(double a, double b) {
        return Math.exp(Math.max(a, b)) * decay(Math.abs(a - b));
    }

    /** sigmoid(high) sigmoid(-low) (1 - e^-d) / d. */
    private static double sigmoidDifference(double a, double b) {
        return sigmoid(Math.max(a, b)) * sigmoid(-Math.min(a, b)) * decay(Math.abs(a - b));
    }

    /** log(1 + sigmoid(low) (e^d - 1)) / d. */
    private static double softplusDifference(double a, double b) {
        double low = Math.min(a, b);
        double d = Math.abs(a - b);
        if (d == 0) {
            return sigmoid(low);
        }
        return d > SOFTPLUS_FAR
                ? (softplus(Math.max(a, b)) - softplus(low)) / d
                : Math.log1p(sigmoid(low) * Math.expm1(d)) / d;
    }

    /** log(high / low) / d; near each other as log(1 + d / low). */
    private static double logDifference(double a, double b) {
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        double d = high - low;
        if (d == 0) {
            return 1 / a;
        }
        return (high < 2 * low ? Math.log1p(d / low) : Math.log(high) - Math.log(low)) / d;
    }

    /** sin(x) / x. */
    private static double cardinalSine(double x) {
        return x == 0 ? 1 : Math.sin(x) / x;
    }

    private static double absDifference(double a, double b) {
        if (a == b) {
            return Math.signum(a);
        }
        return a >= 0 && b >= 0 ? 1 : a <= 0 && b <= 0 ? -1 : (Math.abs(a) - Math.abs(b)) / (a - b);
    }

    /** The quotient: on one side of both bounds it is 1 or 0 without rounding. At a bound the derivative is 1. */
    private static double clipDifference(Activation.Builtin clip, double a, double b) {
        if (a == b) {
            return a >= clip.alpha() && a <= clip.beta() ? 1 : 0;
        }
        return (value(clip, a, 0) - value(clip, b, 0)) / (a - b);
    }
}
