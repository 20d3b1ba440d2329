package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.add;
import static org.deepliftc.compiler.lower.Code.call;
import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.max;
import static org.deepliftc.compiler.lower.Code.min;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * erf, the distribution function of the standard normal, (1 + erf(x / sqrt 2)) / 2, and their divided differences, in
 * arithmetic that is the same in scalar and vector code, beside the exponential that all use.
 *
 * <p>Both are functions of z = c x, c = 1 for erf and 1 / sqrt 2 for the normal. exp(-z^2) = exp(-c^2 x^2) comes from x,
 * whose square needs no rounded c and is made up for what its own rounding loses: in the tails, where z^2 is large, nothing
 * else keeps the digits. P, Q and R are the polynomials of {@link ErrorFunctionSeries}.
 *
 * <ul>
 *   <li>erf, |z| below 1: z P(z^2)
 *   <li>erfc(z) for positive z: exp(-z^2) (1 + Q(q)) / (1 + 2 z), q = (z - 2) / (z + 2); erf is 1 - erfc, the normal
 *       erfc(-z) / 2
 *   <li>slope, near: with m the middle of the two points and d their distance, in z, the mean of the derivative is that at m
 *       times R(d^2, (m d)^2), the mean of exp(-2 m u - u^2) over u from -d/2 to d/2; for d and m d up to 1
 *   <li>slope, far: the quotient of erfc, which there does not cancel: of two points on one side the smaller erfc is below
 *       a sixth of the larger
 * </ul>
 */
final class ErrorFunctionCode {
    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);

    /** Where erfc(z) underflows, in float earlier. */
    private static final double LAST = 27;

    private final double scale;
    private final ErrorFunctionSeries series;
    private final Code code;

    private ErrorFunctionCode(double scale, Code code) {
        this.scale = scale;
        this.series = code.inFloat() ? ErrorFunctionSeries.FLOAT : ErrorFunctionSeries.DOUBLE;
        this.code = code;
    }

    /** The value of erf. */
    static Expr erf(Expr x, Code code) {
        return new ErrorFunctionCode(1, code).odd(x);
    }

    /** The divided difference of erf. */
    static Expr slope(Expr a, Expr b, Code code) {
        return new ErrorFunctionCode(1, code).difference(a, b);
    }

    /** The distribution function of the standard normal. */
    static Expr normal(Expr x, Code code) {
        ErrorFunctionCode z = new ErrorFunctionCode(Math.sqrt(0.5), code);
        Expr tail = code.let("tail", multiply(real(0.5), z.complement(code.let("size", call(Function.ABS, x)))));
        return choose(compare(x, Relation.LESS, ZERO), tail, subtract(ONE, tail));
    }

    /** The divided difference of the normal distribution function. */
    static Expr normalSlope(Expr a, Expr b, Code code) {
        return multiply(real(0.5), new ErrorFunctionCode(Math.sqrt(0.5), code).difference(a, b));
    }

    private Expr scaled(Expr x) {
        return scale == 1 ? x : multiply(real(scale), x);
    }

    private Expr squareScaled(Expr square) {
        return scale == 1 ? square : multiply(real(0.5), square);
    }

    private Expr odd(Expr x) {
        Expr size = code.let("size", call(Function.ABS, x));
        Expr square = code.let("square", multiply(size, size));
        Expr near = code.let("near", multiply(size, FloatFunctions.polynomial(square, series.small())));
        Expr far = subtract(ONE, complement(size));
        Expr value = code.let("erf", choose(compare(size, Relation.LESS, ONE), near, far));
        return choose(compare(x, Relation.LESS, ZERO), subtract(ZERO, value), value);
    }

    /** 1 - erf(c x) of an x that is not negative. */
    private Expr complement(Expr argument) {
        Expr x = code.let("x", min(argument, real(LAST / scale)));
        Expr z = code.let("z", scaled(x));
        Expr q = code.let("q", divide(subtract(z, real(2)), add(z, real(2))));
        Expr share = divide(add(ONE, FloatFunctions.polynomial(q, series.large())), new Expr.Fma(real(2), z, ONE));
        return code.let("erfc", multiply(gauss(x, ZERO), share));
    }

    /** (erf(c a) - erf(c b)) / (a - b). */
    private Expr difference(Expr a, Expr b) {
        if (a == b) {
            return multiply(real(derivativeAtZero()), gauss(code.let("middle", clamped(a)), ZERO));
        }
        Expr halfA = code.let("halfA", multiply(real(0.5), a));
        Expr halfB = code.let("halfB", multiply(real(0.5), b));
        Expr sum = code.let("sum", add(halfA, halfB));
        Expr ofB = code.let("ofB", subtract(sum, halfA));
        Expr rest = code.let("rest", add(subtract(halfA, subtract(sum, ofB)), subtract(halfB, ofB)));
        Expr middle = code.let("middle", clamped(sum));
        Expr distance = code.let("distance", call(Function.ABS, subtract(a, b)));
        Expr span = code.let("span", squareScaled(multiply(distance, distance)));
        Expr tilt = code.let("tilt", squareScaled(multiply(distance, call(Function.ABS, middle))));
        Expr share = mean(span, code.let("square", multiply(tilt, tilt)));
        Expr near = code.let("near", multiply(real(derivativeAtZero()), multiply(gauss(middle, rest), share)));
        Expr sizeA = code.let("sizeA", call(Function.ABS, a));
        Expr sizeB = code.let("sizeB", call(Function.ABS, b));
        Expr low = complement(code.let("low", min(sizeA, sizeB)));
        Expr high = complement(code.let("high", max(sizeA, sizeB)));
        Expr across = subtract(subtract(real(2), low), high);
        Expr rise = choose(compare(multiply(a, b), Relation.LESS, ZERO), across, subtract(low, high));
        return choose(compare(max(span, tilt), Relation.AT_MOST, ONE), near, divide(rise, distance));
    }

    private double derivativeAtZero() {
        return 2 / Math.sqrt(Math.PI) * scale;
    }

    private Expr clamped(Expr x) {
        return max(min(x, real(LAST / scale)), real(-LAST / scale));
    }

    /** exp(-c^2 (x + rest)^2), rest of the size of a rounding: what the rounded square lost is made up for. */
    private Expr gauss(Expr x, Expr rest) {
        Expr square = code.let("square", multiply(x, x));
        Expr lost = new Expr.Fma(x, x, subtract(ZERO, square));
        Expr all = rest == ZERO ? lost : new Expr.Fma(multiply(real(2), x), rest, lost);
        Expr e = code.let("e", call(Function.EXP, subtract(ZERO, squareScaled(square))));
        return multiply(e, subtract(ONE, squareScaled(all)));
    }

    /** The polynomial in two variables. */
    private Expr mean(Expr span, Expr tilt) {
        double[][] rows = series.near();
        Expr sum = FloatFunctions.polynomial(span, rows[rows.length - 1]);
        for (int row = rows.length - 2; row >= 0; row--) {
            sum = new Expr.Fma(sum, tilt, FloatFunctions.polynomial(span, rows[row]));
        }
        return sum;
    }
}
