package org.deepliftc.compiler.importer;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ScalarFunction;

/** Functions of one variable, put together. */
public final class Scalars {
    public static final ScalarFunction X = new ScalarFunction.Variable();

    private Scalars() {}

    public static ScalarFunction apply(Kind kind, ScalarFunction inner) {
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind), inner);
    }

    public static ScalarFunction apply(Kind kind, double alpha, ScalarFunction inner) {
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind, alpha), inner);
    }

    public static ScalarFunction sum(ScalarFunction a, ScalarFunction b) {
        return new ScalarFunction.Arithmetic(ScalarFunction.Operator.ADD, a, b);
    }

    public static ScalarFunction product(ScalarFunction a, ScalarFunction b) {
        return new ScalarFunction.Arithmetic(ScalarFunction.Operator.MULTIPLY, a, b);
    }

    public static ScalarFunction times(double factor, ScalarFunction x) {
        return factor == 1 ? x : product(new ScalarFunction.Number(factor), x);
    }

    public static ScalarFunction plus(ScalarFunction x, double shift) {
        return shift == 0 ? x : sum(x, new ScalarFunction.Number(shift));
    }

    /** A whole power as squares, products and a reciprocal. */
    public static ScalarFunction power(ScalarFunction base, int exponent) {
        if (exponent < 0) {
            return apply(Kind.RECIPROCAL, power(base, -exponent));
        }
        if (exponent < 2) {
            return exponent == 0 ? new ScalarFunction.Number(1) : base;
        }
        ScalarFunction even = apply(Kind.SQUARE, power(base, exponent / 2));
        return exponent % 2 == 0 ? even : product(base, even);
    }

    /** Any power of a positive number. */
    public static ScalarFunction power(ScalarFunction base, double exponent) {
        return apply(Kind.EXP, times(exponent, apply(Kind.LOG, base)));
    }
}
