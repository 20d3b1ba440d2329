package org.deepliftc.compiler.print;

import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;

/** Numbers, lists and functions of one variable as the language writes them. */
final class Numbers {
    private static final double LARGEST_WHOLE = 1e15;

    private Numbers() {}

    /** The number, read again to the last bit; negative ones in parentheses. */
    static String text(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE && !isNegativeZero(value);
        String digits = isWhole ? String.valueOf((long) Math.abs(value)) : String.valueOf(Math.abs(value));
        return value < 0 || isNegativeZero(value) ? "(-" + digits + ")" : digits;
    }

    private static boolean isNegativeZero(double value) {
        return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0);
    }

    static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** One number where all are equal. */
    static String perAxis(List<Integer> numbers) {
        return numbers.stream().distinct().count() == 1 ? String.valueOf(numbers.get(0)) : list(numbers);
    }

    /** A function of {@code x}. */
    static String function(ScalarFunction function) {
        if (function instanceof ScalarFunction.Variable) {
            return "x";
        }
        if (function instanceof ScalarFunction.Number number) {
            return text(number.value());
        }
        if (function instanceof ScalarFunction.Apply apply) {
            return apply.outer().name() + "(" + function(apply.inner()) + alpha(apply.outer()) + ")";
        }
        ScalarFunction.Arithmetic both = (ScalarFunction.Arithmetic) function;
        int own = rank(both);
        String left = function(both.left());
        String right = function(both.right());
        return (rank(both.left()) < own ? "(" + left + ")" : left) + " "
                + both.operator().symbol() + " "
                + (rank(both.right()) <= own ? "(" + right + ")" : right);
    }

    private static int rank(ScalarFunction function) {
        if (!(function instanceof ScalarFunction.Arithmetic)) {
            return 3;
        }
        return switch (((ScalarFunction.Arithmetic) function).operator()) {
            case ADD, SUBTRACT -> 1;
            case MULTIPLY, DIVIDE -> 2;
        };
    }

    /** The arguments of an activation that are not the customary ones. */
    static String parameters(Activation.Builtin activation) {
        if (activation.kind() != Activation.Kind.CLIP) {
            return alpha(activation);
        }
        return ", low = " + bare(activation.alpha()) + ", high = " + bare(activation.beta());
    }

    static String bare(double value) {
        return text(value).replaceAll("[()]", "");
    }

    /** The argument {@code alpha} where it is not the customary one. */
    static String alpha(Activation.Builtin activation) {
        boolean customary = !activation.kind().hasAlpha()
                || activation.alpha() == activation.kind().defaultAlpha();
        return customary ? "" : ", alpha = " + bare(activation.alpha());
    }
}
