package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.add;
import static org.deepliftc.compiler.lower.Code.call;
import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * Divided differences (f(a) - f(b)) / (a - b) in closed form, without subtracting nearly equal numbers: there is no
 * threshold, and where a = b each form is the derivative.
 *
 * <p>With high >= low the two points, d = high - low and phi(d) = (1 - exp(-d)) / d (1 at 0):
 *
 * <ul>
 *   <li>exp: exp(high) phi(d)
 *   <li>sigmoid: sigmoid(high) sigmoid(-low) phi(d); tanh: 4 times that at twice the points
 *   <li>softplus: log1p(t) / d with t = exp(high) sigmoid(-low) phi(d) d, while exp is finite
 *   <li>log: log1p(d / low) / d, while the ratio is finite; sqrt: 1 / (sqrt a + sqrt b); 1 / x: -1 / (a b); x^2: a + b
 *   <li>erf, normal_cdf: see {@link ErrorFunctionCode}; clip: see {@link ClipSlope}; powers: see {@link PowerCode}
 *   <li>sin, cos: see {@link SineSlope}
 *   <li>piecewise functions: the piece's own form where both points lie on it, else the quotient, whose parts then have
 *       opposite signs
 *   <li>composed functions: sums, products u v by (u[a,b] mean(v) + v[a,b] mean(u)), quotients likewise, and the chain
 *       f(g) by f[g(a), g(b)] g[a,b]; all exact
 * </ul>
 */
final class SlopeCode {
    /** Beyond this point exp may overflow in float; softplus is then x. */
    private static final double LARGE = 80;

    /** Beyond this ratio, whose logarithm is far from cancelling, a quotient may overflow in float. */
    private static final double LARGE_RATIO = 0x1p60;

    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);
    private static final Expr HALF = real(0.5);

    private SlopeCode() {}

    /** f[a, b]; {@code slope} is used by prelu alone and may be null for others. */
    static Expr slope(Activation activation, Expr a, Expr b, Expr slope, Code code) {
        Expr first = code.let("a", a);
        Expr second = a == b ? first : code.let("b", b);
        if (activation instanceof Activation.UserDefined) {
            return composed(((Activation.UserDefined) activation).body(), first, second, code).slope;
        }
        Activation.Builtin builtin = (Activation.Builtin) activation;
        if (builtin.kind() == Activation.Kind.CLIP) {
            return ClipSlope.of(first, second, builtin.alpha(), builtin.beta(), code);
        }
        if (builtin.kind() == Activation.Kind.CELU) {
            return celu(first, second, builtin.alpha(), code);
        }
        Expr alpha = builtin.kind() == Activation.Kind.PRELU ? slope : real(builtin.alpha());
        return builtin(builtin.kind(), first, second, alpha, code);
    }

    private static Expr builtin(Activation.Kind kind, Expr a, Expr b, Expr alpha, Code code) {
        return switch (kind) {
            case RELU -> kinked(a, b, ZERO, code);
            case LEAKY_RELU, PRELU -> kinked(a, b, code.let("negative", alpha), code);
            case ELU -> exponentialUnit(a, b, alpha, code);
            case SELU ->
                multiply(real(ActivationCode.SELU_SCALE), exponentialUnit(a, b, real(ActivationCode.SELU_ALPHA), code));
            case SIGMOID -> sigmoid(a, b, code);
            case TANH ->
                multiply(
                        real(4),
                        sigmoid(
                                code.let("twiceA", multiply(real(2), a)),
                                code.let("twiceB", multiply(real(2), b)),
                                code));
            case SOFTPLUS -> softplus(a, b, code);
            case SOFTSIGN -> softsign(a, b, code);
            case EXP -> exp(a, b, code);
            case LOG -> log(a, b, code);
            case SQRT -> divide(ONE, add(call(Function.SQRT, a), call(Function.SQRT, b)));
            case RSQRT -> rsqrt(a, b, code);
            case RECIPROCAL -> divide(real(-1), multiply(a, b));
            case SQUARE -> add(a, b);
            case ABS -> abs(a, b);
            case CLIP, CELU -> throw new IllegalArgumentException(kind + " takes its parameters as numbers");
            case ERF -> ErrorFunctionCode.slope(a, b, code);
            case NORMAL_CDF -> ErrorFunctionCode.normalSlope(a, b, code);
            case SIN -> SineSlope.of(a, b, code).ofSine();
            case COS -> SineSlope.of(a, b, code).ofCosine();
        };
    }

    private static Expr positive(Expr x) {
        return compare(x, Relation.GREATER, ZERO);
    }

    /** Slope 1 above 0 and {@code negative} at and below it. */
    private static Expr kinked(Expr a, Expr b, Expr negative, Code code) {
        boolean flat = negative instanceof Expr.Real && ((Expr.Real) negative).value() == 0;
        Expr d = code.let("difference", subtract(a, b));
        Expr falling = flat ? a : subtract(a, multiply(negative, b));
        Expr rising = flat ? subtract(ZERO, b) : subtract(multiply(negative, a), b);
        return choose(
                positive(a),
                choose(positive(b), ONE, divide(falling, d)),
                choose(positive(b), divide(rising, d), negative));
    }

    /** x above 0, alpha (exp(x) - 1) below, of slope alpha at 0 from the left. */
    private static Expr exponentialUnit(Expr a, Expr b, Expr alpha, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr curved = multiply(alpha, multiply(call(Function.EXP, ends[0]), phi(d)));
        Expr across = divide(subtract(ends[0], multiply(alpha, call(Function.EXPM1, ends[1]))), d);
        return choose(positive(ends[1]), ONE, choose(positive(ends[0]), across, curved));
    }

    /** The same of x / alpha, times alpha; what the rounded quotient lost is made up for in exp. */
    private static Expr celu(Expr a, Expr b, double alpha, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        double inverse = (float) (1 / alpha);
        Expr high = code.let("scaledHigh", multiply(ends[0], real(inverse)));
        Expr rest = multiply(ends[0], real(1 / alpha - inverse));
        Expr lost = code.let("lost", add(new Expr.Fma(ends[0], real(inverse), subtract(ZERO, high)), rest));
        Expr exponential = multiply(call(Function.EXP, high), add(ONE, lost));
        Expr curved = multiply(exponential, phi(code.let("scaledDifference", multiply(d, real(1 / alpha)))));
        Expr low = call(Function.EXPM1, multiply(ends[1], real(1 / alpha)));
        Expr across = divide(subtract(ends[0], multiply(real(alpha), low)), d);
        return choose(positive(ends[1]), ONE, choose(positive(ends[0]), across, curved));
    }

    /** (1 - exp(-d)) / d for d >= 0. */
    private static Expr phi(Expr d) {
        Expr negative = subtract(ZERO, d);
        return ratio(call(Function.EXPM1, negative), negative);
    }

    private static Expr exp(Expr a, Expr b, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        return multiply(call(Function.EXP, ends[0]), phi(d));
    }

    private static Expr sigmoid(Expr a, Expr b, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr both = multiply(ActivationCode.sigmoid(ends[0]), ActivationCode.sigmoid(subtract(ZERO, ends[1])));
        return multiply(both, phi(d));
    }

    private static Expr softplus(Expr a, Expr b, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr exponential = call(Function.EXP, ends[0]);
        Expr steepness = multiply(exponential, ActivationCode.sigmoid(subtract(ZERO, ends[1])));
        Expr near = code.let("steepness", multiply(steepness, phi(d)));
        Expr t = code.let("t", multiply(near, d));
        Expr far = divide(subtract(ActivationCode.softplus(ends[0]), ActivationCode.softplus(ends[1])), d);
        Expr large = choose(compare(d, Relation.EQUAL, ZERO), ONE, far);
        return choose(
                compare(ends[0], Relation.AT_MOST, real(LARGE)),
                multiply(near, ratio(call(Function.LOG1P, t), t)),
                large);
    }

    /** f(t) / t of a function with f(0) = 0 and f'(0) = 1; 1 where t is 0 or too small to divide by anything else. */
    static Expr ratio(Expr value, Expr t) {
        return choose(compare(t, Relation.EQUAL, ZERO), ONE, divide(value, t));
    }

    /** x / (1 + |x|): 1 / ((1 + |a|)(1 + |b|)) on one side of 0, the plain quotient across. */
    private static Expr softsign(Expr a, Expr b, Code code) {
        Expr belowA = code.let("belowA", add(ONE, call(Function.ABS, a)));
        Expr belowB = code.let("belowB", add(ONE, call(Function.ABS, b)));
        Expr sameSide = divide(ONE, multiply(belowA, belowB));
        Expr across = divide(subtract(divide(a, belowA), divide(b, belowB)), subtract(a, b));
        return choose(compare(multiply(a, b), Relation.LESS, ZERO), across, sameSide);
    }

    private static Expr log(Expr a, Expr b, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr t = code.let("t", divide(d, ends[1]));
        Expr near = divide(ratio(call(Function.LOG1P, t), t), ends[1]);
        Expr far = divide(subtract(call(Function.LOG, ends[0]), call(Function.LOG, ends[1])), d);
        return choose(compare(t, Relation.LESS, real(LARGE_RATIO)), near, far);
    }

    /** -1 / (sqrt a sqrt b (sqrt a + sqrt b)). */
    private static Expr rsqrt(Expr a, Expr b, Code code) {
        Expr rootA = code.let("rootA", call(Function.SQRT, a));
        Expr rootB = code.let("rootB", call(Function.SQRT, b));
        return divide(real(-1), multiply(multiply(rootA, rootB), add(rootA, rootB)));
    }

    /** (a + b) / (|a| + |b|): the sign on one side of 0, the exact quotient across; 0 where both are 0. */
    private static Expr abs(Expr a, Expr b) {
        Expr size = add(call(Function.ABS, a), call(Function.ABS, b));
        return choose(compare(size, Relation.EQUAL, ZERO), ZERO, divide(add(a, b), size));
    }

    /** Values at both points and the divided difference between them. */
    private record Composed(Expr atA, Expr atB, Expr slope) {}

    private static Composed composed(ScalarFunction function, Expr a, Expr b, Code code) {
        if (function instanceof ScalarFunction.Variable) {
            return new Composed(a, b, ONE);
        }
        if (function instanceof ScalarFunction.Number) {
            Expr value = real(((ScalarFunction.Number) function).value());
            return new Composed(value, value, ZERO);
        }
        if (function instanceof ScalarFunction.Apply) {
            ScalarFunction.Apply apply = (ScalarFunction.Apply) function;
            Optional<PowerCode> power = PowerCode.of(function);
            if (power.isPresent()) {
                return power(power.get(), a, b, code);
            }
            Composed inner = composed(apply.inner(), a, b, code);
            Expr slope = ClipSlope.ofLine(apply, a, b, code)
                    .orElseGet(() -> chained(slope(apply.outer(), inner.atA, inner.atB, ZERO, code), inner));
            return named(
                    ActivationCode.value(apply.outer(), inner.atA, ZERO, code),
                    a == b ? null : ActivationCode.value(apply.outer(), inner.atB, ZERO, code),
                    slope,
                    code);
        }
        return arithmetic((ScalarFunction.Arithmetic) function, a, b, code);
    }

    private static Expr chained(Expr outer, Composed inner) {
        return isNumber(inner.slope, 1) ? outer : multiply(outer, inner.slope);
    }

    private static Composed power(PowerCode power, Expr a, Expr b, Code code) {
        Composed base = composed(power.base(), a, b, code);
        Expr slope = chained(power.slope(base.atA, base.atB, code), base);
        return named(power.value(base.atA), a == b ? null : power.value(base.atB), slope, code);
    }

    private static Composed arithmetic(ScalarFunction.Arithmetic function, Expr a, Expr b, Code code) {
        Composed u = composed(function.left(), a, b, code);
        Composed v = composed(function.right(), a, b, code);
        return switch (function.operator()) {
            case ADD -> named(add(u.atA, v.atA), add(u.atB, v.atB), add(u.slope, v.slope), code);
            case SUBTRACT -> named(subtract(u.atA, v.atA), subtract(u.atB, v.atB), subtract(u.slope, v.slope), code);
            case MULTIPLY ->
                named(
                        multiply(u.atA, v.atA),
                        multiply(u.atB, v.atB),
                        add(multiply(u.slope, mean(v)), multiply(v.slope, mean(u))),
                        code);
            case DIVIDE ->
                named(
                        divide(u.atA, v.atA),
                        divide(u.atB, v.atB),
                        divide(
                                subtract(multiply(u.slope, mean(v)), multiply(v.slope, mean(u))),
                                multiply(v.atA, v.atB)),
                        code);
        };
    }

    private static Expr mean(Composed f) {
        return f.atA == f.atB ? f.atA : multiply(HALF, add(f.atA, f.atB));
    }

    private static Composed named(Expr atA, Expr atB, Expr slope, Code code) {
        Expr first = code.let("atA", atA);
        return new Composed(first, atB == null ? first : code.let("atB", atB), code.let("slope", slope));
    }

    private static boolean isNumber(Expr value, double number) {
        return value instanceof Expr.Real && ((Expr.Real) value).value() == number;
    }
}
