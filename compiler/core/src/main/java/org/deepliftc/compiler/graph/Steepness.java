package org.deepliftc.compiler.graph;

import org.deepliftc.compiler.graph.ScalarFunction.Apply;
import org.deepliftc.compiler.graph.ScalarFunction.Arithmetic;
import org.deepliftc.compiler.graph.ScalarFunction.Number;

/**
 * Whether the slope of an activation may be infinite, or have no closed form, at points where its value is finite: the square
 * root at 0, and what is composed of such functions.
 */
final class Steepness {
    private Steepness() {}

    static boolean isPossible(Activation activation) {
        return activation instanceof Activation.UserDefined own
                ? isPossible(own.body())
                : isPossible(((Activation.Builtin) activation).kind());
    }

    private static boolean isPossible(Activation.Kind kind) {
        return switch (kind) {
            case LOG, SQRT, RSQRT, RECIPROCAL -> true;
            case RELU,
                    LEAKY_RELU,
                    PRELU,
                    ELU,
                    SELU,
                    CELU,
                    SIGMOID,
                    TANH,
                    SOFTPLUS,
                    SOFTSIGN,
                    EXP,
                    SQUARE,
                    ABS,
                    CLIP,
                    ERF,
                    NORMAL_CDF,
                    SIN,
                    COS -> false;
        };
    }

    private static boolean isPossible(ScalarFunction function) {
        if (function instanceof Apply apply) {
            return isPossible(apply.outer().kind()) && !isPositive(apply.inner()) || isPossible(apply.inner());
        }
        if (function instanceof Arithmetic arithmetic) {
            boolean byZero = arithmetic.operator() == ScalarFunction.Operator.DIVIDE && !isPositive(arithmetic.right());
            return byZero || isPossible(arithmetic.left()) || isPossible(arithmetic.right());
        }
        return false;
    }

    /** True where a function is seen to be above 0 by a margin: its poles are those of nobody. */
    private static boolean isPositive(ScalarFunction function) {
        if (function instanceof Number number) {
            return number.value() > 0;
        }
        return function instanceof Arithmetic sum
                && sum.operator() == ScalarFunction.Operator.ADD
                && (isPositive(sum.left()) && isNotNegative(sum.right())
                        || isPositive(sum.right()) && isNotNegative(sum.left()));
    }

    private static boolean isNotNegative(ScalarFunction function) {
        if (function instanceof Apply apply) {
            return switch (apply.outer().kind()) {
                case RELU, SIGMOID, SOFTPLUS, EXP, SQRT, RSQRT, SQUARE, ABS, NORMAL_CDF -> true;
                case CLIP -> apply.outer().alpha() >= 0;
                default -> false;
            };
        }
        return isPositive(function);
    }
}
