package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.add;
import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * Elementary functions of floats in arithmetic that is exact or correctly rounded everywhere, each within two units in the
 * last place, infinities and NaN as Java's.
 *
 * <ul>
 *   <li>exp: x = n log 2 + r with n whole, a polynomial in |r| <= log(2) / 2, scaled by 2^n in two steps, so that results
 *       below the normal numbers come out
 *   <li>expm1: likewise, with the polynomial of exp(r) - 1 and 2^n - 1 added
 *   <li>tanh: expm1(2 |x|) / (expm1(2 |x|) + 2) with the sign of x
 *   <li>log: x = 2^e m with m from 3/4 to 3/2, and twice the series of artanh((m - 1) / (m + 1))
 *   <li>pow: exp(p log(x)) with both in two floats, so that large logarithms cost no digits
 *   <li>sin and cos: see {@link FloatTrigonometry}
 *   <li>log1p: log(u) + (x - (u - 1)) / u with u = 1 + x rounded
 * </ul>
 */
final class FloatFunctions {
    /** Added to a float below 2^22 it leaves the nearest whole number in the last bits. */
    private static final double ROUNDING = 12_582_912;

    private static final int ROUNDING_BITS = 0x4B400000;
    private static final int ONE_BITS = 0x3F800000;
    private static final int EXPONENT_UNIT = 1 << 23;
    private static final double LOG2_E = 1.4426950408889634;

    /** log 2 in two floats: the first has few enough bits that its multiples by exponents are exact. */
    private static final double LN2_HIGH = 0.693359375;

    private static final double LN2_LOW = -2.12194440054690583e-4;

    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);

    private FloatFunctions() {}

    /** The value of a call, written out where it is no operation of every machine. */
    static Expr of(Expr.Call call, Code code) {
        Expr x = code.let("x", call.arguments().get(0));
        return switch (call.function()) {
            case EXP -> exp(x, code);
            case EXPM1 -> expm1(x, code);
            case LOG -> log(x, code);
            case LOG1P -> log1p(x, code);
            case TANH -> tanh(x, code);
            case POW -> pow(x, ((Expr.Real) call.arguments().get(1)).value(), code);
            case SIN -> FloatTrigonometry.sin(x, code);
            case COS -> FloatTrigonometry.cos(x, code);
            case SQRT, ABS -> new Expr.Call(call.function(), java.util.List.of(x));
        };
    }

    /** True for a function that takes some twenty operations. */
    static boolean isWrittenOut(Expr.Function function) {
        return switch (function) {
            case EXP, EXPM1, LOG, LOG1P, TANH, POW, SIN, COS -> true;
            case SQRT, ABS -> false;
        };
    }

    /** c0 + r (c1 + r (c2 + ...)). */
    static Expr polynomial(Expr r, double... coefficients) {
        Expr sum = real(coefficients[coefficients.length - 1]);
        for (int k = coefficients.length - 2; k >= 0; k--) {
            sum = new Expr.Fma(sum, r, real(coefficients[k]));
        }
        return sum;
    }

    /** x = n log 2 + r: what rounds to n when {@link #ROUNDING} is taken off, n, and r. */
    private record Reduced(Expr shifted, Expr n, Expr r) {
        static Reduced of(Expr x, Code code) {
            Expr shifted = code.let("shifted", new Expr.Fma(x, real(LOG2_E), real(ROUNDING)));
            Expr n = code.let("n", subtract(shifted, real(ROUNDING)));
            Expr high = code.let("high", new Expr.Fma(n, real(-LN2_HIGH), x));
            return new Reduced(shifted, n, code.let("r", new Expr.Fma(n, real(-LN2_LOW), high)));
        }
    }

    /** 2^n of a whole n as {@code n + ROUNDING}, for n from -126 to 127. */
    private static Expr powerOfTwo(Expr shifted, Code code) {
        Expr bits = code.let("bits", new Expr.RealToBits(shifted));
        Expr n = subtract(bits, integer(ROUNDING_BITS));
        return code.let("power", new Expr.BitsToReal(add(multiply(n, integer(EXPONENT_UNIT)), integer(ONE_BITS))));
    }

    private static Expr exp(Expr argument, Code code) {
        Expr x = code.let("x", Code.min(Code.max(argument, real(-105)), real(90)));
        Reduced reduced = Reduced.of(x, code);
        Expr p = code.let(
                "p", polynomial(reduced.r, 1, 1, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0));
        Expr half = code.let("half", new Expr.Fma(reduced.n, real(0.5), real(ROUNDING)));
        Expr rest = code.let("rest", add(subtract(reduced.n, subtract(half, real(ROUNDING))), real(ROUNDING)));
        return code.let("exp", multiply(multiply(p, powerOfTwo(half, code)), powerOfTwo(rest, code)));
    }

    private static Expr expm1(Expr argument, Code code) {
        Expr x = code.let("x", Code.min(Code.max(argument, real(-30)), real(89)));
        Reduced reduced = Reduced.of(x, code);
        Expr r = reduced.r;
        Expr q =
                code.let("q", polynomial(r, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0));
        Expr p = code.let("p", new Expr.Fma(multiply(r, r), q, r));
        // Half the power, so that the largest results do not overflow before they have to.
        Expr power = powerOfTwo(code.let("lower", subtract(reduced.shifted, ONE)), code);
        Expr half = new Expr.Fma(power, p, subtract(power, real(0.5)));
        Expr value = code.let("expm1", multiply(real(2), half));
        Expr size = new Expr.Call(Expr.Function.ABS, java.util.List.of(argument));
        return code.let("expm1", choose(compare(size, Relation.LESS, real(0x1p-25)), argument, value));
    }

    private static Expr tanh(Expr x, Code code) {
        Expr size = code.let("size", new Expr.Call(Expr.Function.ABS, java.util.List.of(x)));
        Expr twice = code.let("twice", multiply(real(2), Code.min(size, real(10))));
        Expr t = expm1(twice, code);
        Expr value = code.let("tanh", divide(t, add(t, real(2))));
        Expr signed = choose(compare(x, Relation.LESS, ZERO), subtract(ZERO, value), value);
        return code.let("tanh", choose(compare(size, Relation.LESS, real(0x1p-12)), x, signed));
    }

    /** The logarithm of a positive float, not of 0, infinity or NaN: exponent * log 2 + m + tail. */
    private record Logarithm(Expr exponent, Expr m, Expr tail) {}

    private static Logarithm logarithm(Expr x, Code code) {
        Expr small = compare(x, Relation.LESS, real(Float.MIN_NORMAL));
        Expr scaled = code.let("scaled", choose(small, multiply(x, real(0x1p25)), x));
        Expr shift = code.let("shift", choose(small, real(-25), ZERO));
        Expr bits = code.let("bits", new Expr.RealToBits(scaled));
        Expr linear = multiply(new Expr.ToReal(subtract(bits, integer(ONE_BITS))), real(0x1p-23));
        Expr e = code.let("e", subtract(add(linear, real(ROUNDING)), real(ROUNDING)));
        Expr exponent = code.let("exponent", multiply(new Expr.ToInt(e), integer(EXPONENT_UNIT)));
        Expr m = code.let("m", new Expr.BitsToReal(subtract(bits, exponent)));
        Expr f = code.let("f", subtract(m, ONE));
        Expr s = code.let("s", divide(f, add(f, real(2))));
        Expr z = code.let("z", multiply(s, s));
        Expr series = polynomial(z, 2 / 3.0, 2 / 5.0, 2 / 7.0, 2 / 9.0, 2 / 11.0);
        // 2 s = f - s f keeps the bits of f, as the rounded quotient does not.
        Expr tail = code.let("tail", multiply(s, subtract(multiply(z, series), f)));
        return new Logarithm(code.let("n", add(e, shift)), f, tail);
    }

    private static Expr positiveLog(Expr x, Code code) {
        Logarithm log = logarithm(x, code);
        Expr low = new Expr.Fma(log.exponent, real(LN2_LOW), log.tail);
        return code.let("log", new Expr.Fma(log.exponent, real(LN2_HIGH), add(log.m, low)));
    }

    /** exp(p log(x)), log(x) and its product with p in two floats each; NaN for negative x. */
    private static Expr pow(Expr x, double exponent, Code code) {
        Logarithm log = logarithm(x, code);
        Expr whole = code.let("whole", multiply(log.exponent, real(LN2_HIGH)));
        Expr high = code.let("logHigh", add(whole, log.m));
        Expr rounded = subtract(log.m, subtract(high, whole));
        Expr low = code.let("logLow", add(rounded, new Expr.Fma(log.exponent, real(LN2_LOW), log.tail)));
        double p = (float) exponent;
        Expr product = code.let("product", multiply(real(p), high));
        Expr lost = new Expr.Fma(real(p), high, subtract(ZERO, product));
        Expr rest = code.let("rest", add(lost, new Expr.Fma(real(exponent - p), high, multiply(real(exponent), low))));
        Expr power = code.let("argument", add(product, rest));
        Expr correction = code.let("correction", subtract(rest, subtract(power, product)));
        Expr value = code.let("value", multiply(exp(power, code), add(ONE, correction)));
        Expr atZero = real(exponent > 0 ? 0 : Double.POSITIVE_INFINITY);
        Expr atInfinity = real(exponent > 0 ? Double.POSITIVE_INFINITY : 0);
        Expr finite = choose(compare(x, Relation.LESS, real(Double.POSITIVE_INFINITY)), value, atInfinity);
        Expr positive = choose(compare(x, Relation.GREATER, ZERO), finite, real(Double.NaN));
        return code.let("pow", choose(compare(x, Relation.EQUAL, ZERO), atZero, positive));
    }

    private static Expr log(Expr x, Code code) {
        Expr value = positiveLog(x, code);
        Expr infinity = real(Double.POSITIVE_INFINITY);
        Expr regular = choose(compare(x, Relation.LESS, infinity), value, x);
        Expr nonNegative = choose(compare(x, Relation.LESS, ZERO), real(Double.NaN), regular);
        return code.let("log", choose(compare(x, Relation.EQUAL, ZERO), real(Double.NEGATIVE_INFINITY), nonNegative));
    }

    private static Expr log1p(Expr x, Code code) {
        Expr u = code.let("u", add(ONE, x));
        Expr lost = code.let("lost", subtract(x, subtract(u, ONE)));
        Expr value = add(log(u, code), divide(lost, u));
        Expr finite = choose(compare(x, Relation.LESS, real(Double.POSITIVE_INFINITY)), value, x);
        Expr above = choose(compare(x, Relation.EQUAL, real(-1)), real(Double.NEGATIVE_INFINITY), finite);
        Expr size = new Expr.Call(Expr.Function.ABS, java.util.List.of(x));
        return code.let("log1p", choose(compare(size, Relation.LESS, real(0x1p-25)), x, above));
    }
}
