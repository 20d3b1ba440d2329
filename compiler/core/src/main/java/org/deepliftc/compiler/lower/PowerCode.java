package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.call;
import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * {@code exp(p * log(g))} as the power p of g: a rounded logarithm times p would cost the exponential as many digits as it
 * has before the point.
 *
 * <p>Slope between 0 < low <= high, with t = (high - low) / low and w = p log1p(t): p low^(p-1) (expm1(w) / w) (log1p(t) / t)
 * while |w| is at most 1, else the quotient, which then does not cancel.
 */
record PowerCode(ScalarFunction base, double exponent) {

    /** The function as a power, where it is written as one. */
    static Optional<PowerCode> of(ScalarFunction function) {
        if (!(function instanceof ScalarFunction.Apply exp)
                || exp.outer().kind() != Kind.EXP
                || !(exp.inner() instanceof ScalarFunction.Arithmetic product)
                || product.operator() != ScalarFunction.Operator.MULTIPLY) {
            return Optional.empty();
        }
        return of(product.left(), product.right()).or(() -> of(product.right(), product.left()));
    }

    private static Optional<PowerCode> of(ScalarFunction factor, ScalarFunction log) {
        return factor instanceof ScalarFunction.Number number
                        && log instanceof ScalarFunction.Apply apply
                        && apply.outer().kind() == Kind.LOG
                ? Optional.of(new PowerCode(apply.inner(), number.value()))
                : Optional.empty();
    }

    private static Expr power(Expr x, double exponent) {
        return new Expr.Call(Function.POW, List.of(x, real(exponent)));
    }

    Expr value(Expr x) {
        return power(x, exponent);
    }

    /** The divided difference as a function of the base's values. */
    Expr slope(Expr a, Expr b, Code code) {
        if (a == b) {
            return multiply(real(exponent), power(a, exponent - 1));
        }
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr t = code.let("t", divide(d, ends[1]));
        Expr growth = code.let("growth", call(Function.LOG1P, t));
        Expr w = code.let("w", multiply(real(exponent), growth));
        Expr steepness = multiply(real(exponent), power(ends[1], exponent - 1));
        Expr near =
                multiply(multiply(steepness, SlopeCode.ratio(call(Function.EXPM1, w), w)), SlopeCode.ratio(growth, t));
        Expr far = divide(subtract(value(ends[0]), value(ends[1])), d);
        return choose(compare(call(Function.ABS, w), Relation.AT_MOST, real(1)), near, far);
    }
}
