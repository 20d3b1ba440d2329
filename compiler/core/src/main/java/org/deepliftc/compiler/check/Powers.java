package org.deepliftc.compiler.check;

import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;

/** Whole powers of a function as squares, products and a reciprocal. */
final class Powers {
    /** Keeps the product small; larger powers leave the range of a float anyway. */
    private static final int LARGEST = 64;

    private Powers() {}

    static ScalarFunction of(ScalarFunction base, long exponent, SourceSpan span) {
        if (Math.abs(exponent) > LARGEST) {
            throw Failure.of(
                    Problem.CALL004,
                    span,
                    "a power lies between -" + LARGEST + " and " + LARGEST + ", not at " + exponent);
        }
        ScalarFunction positive = positive(base, (int) Math.abs(exponent));
        return exponent < 0 ? apply(Activation.Kind.RECIPROCAL, positive) : positive;
    }

    private static ScalarFunction positive(ScalarFunction base, int exponent) {
        if (exponent == 0) {
            return new ScalarFunction.Number(1);
        }
        if (exponent == 1) {
            return base;
        }
        ScalarFunction even = apply(Activation.Kind.SQUARE, positive(base, exponent / 2));
        return exponent % 2 == 0 ? even : new ScalarFunction.Arithmetic(ScalarFunction.Operator.MULTIPLY, base, even);
    }

    static ScalarFunction apply(Activation.Kind kind, ScalarFunction inner) {
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind), inner);
    }
}
