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
 * arithmetic that is the same in float and double, scalar and vector code, beside the exponential that all use.
 *
 * <p>Both are functions of z = c x, c = 1 for erf and 1 / sqrt 2 for the normal. exp(-z^2) = exp(-c^2 x^2) comes from x,
 * whose square needs no rounded c and is made up for what its own rounding loses: in the tails, where z^2 is large, nothing
 * else keeps the digits.
 *
 * <ul>
 *   <li>erf, |z| below 1: z P(z^2), P of degree 12, error below 1e-18
 *   <li>erfc(z) for positive z: exp(-z^2) (1 + Q(q)) / (1 + 2 z), q = (z - 2) / (z + 2), Q of degree 25, error below 1e-16
 *       of erfc up to 27, beyond which it underflows; erf is 1 - erfc, the normal erfc(-z) / 2
 *   <li>slope, near (|a - b| (1 + min(|a|, |b|)) at most 1 in z): the mean of the derivative by Gauss and Legendre's rule of
 *       eight points, relative to the point nearer 0, error below 1e-13
 *   <li>slope, far: the quotient; of erfc where both points lie on one side and neither is small, so that nothing cancels
 * </ul>
 */
final class ErrorFunctionCode {
    private static final double[] SMALL = {
        1.1283791670955126,
        -0.3761263890318375,
        0.11283791670954879,
        -0.026866170645076792,
        0.0052239776248180145,
        -0.000854832698083379,
        0.0001205533111164271,
        -1.4925595266831182e-05,
        1.6461000484121368e-06,
        -1.6350312701054695e-07,
        1.4659775274047436e-08,
        -1.1372848856791674e-09,
        5.957176147748911e-11
    };

    private static final double[] LARGE = {
        0.27697838155252874,
        -0.09276382658574596,
        -0.1660303976152899,
        0.1640512800334371,
        -0.05422000099198381,
        -0.008034015082276053,
        0.008722653873773713,
        0.0012713389640078756,
        -0.0014568139127076128,
        -0.00045434081760378005,
        0.00020636686410954215,
        0.00015103911227044557,
        -1.507662596312178e-06,
        -3.6423024355532965e-05,
        -1.3501769305950557e-05,
        3.7091000248174404e-06,
        5.247687770582924e-06,
        1.5100132713999034e-06,
        -7.374277202028196e-07,
        -8.494287098346991e-07,
        -2.1544485120192066e-07,
        1.598067749059726e-07,
        1.3049935099250176e-07,
        7.957413650977013e-09,
        -2.2108014666223286e-08,
        -6.503445148640335e-09
    };

    /** Nodes and weights of the rule of eight points on [0, 1]. */
    private static final double[] NODES = {
        0.019855071751231912,
        0.10166676129318664,
        0.2372337950418355,
        0.4082826787521751,
        0.5917173212478248,
        0.7627662049581645,
        0.8983332387068134,
        0.9801449282487681
    };

    private static final double[] WEIGHTS = {
        0.05061426814518853,
        0.11119051722668721,
        0.15685332293894344,
        0.18134189168918083,
        0.18134189168918083,
        0.15685332293894344,
        0.11119051722668721,
        0.05061426814518853
    };

    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);
    private final double scale;
    private final Code code;

    private ErrorFunctionCode(double scale, Code code) {
        this.scale = scale;
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
        Expr value = code.let("erf", positive(size));
        return choose(compare(x, Relation.LESS, ZERO), subtract(ZERO, value), value);
    }

    /** erf(c x) of an x that is not negative. */
    private Expr positive(Expr x) {
        Expr z = code.let("z", scaled(x));
        Expr square = code.let("square", multiply(z, z));
        Expr near = code.let("near", multiply(z, FloatFunctions.polynomial(square, SMALL)));
        return choose(compare(z, Relation.LESS, ONE), near, subtract(ONE, complement(x)));
    }

    /** 1 - erf(c x) of an x that is not negative. */
    private Expr complement(Expr argument) {
        Expr x = code.let("x", min(argument, real(27 / scale)));
        Expr z = code.let("z", scaled(x));
        Expr q = code.let("q", divide(subtract(z, real(2)), add(z, real(2))));
        Expr share = divide(add(ONE, FloatFunctions.polynomial(q, LARGE)), new Expr.Fma(real(2), z, ONE));
        return code.let("erfc", multiply(gauss(x), share));
    }

    /** exp(-c^2 x^2): what the rounded square lost is made up for. */
    private Expr gauss(Expr x) {
        Expr square = code.let("square", multiply(x, x));
        Expr lost = new Expr.Fma(x, x, subtract(ZERO, square));
        Expr e = code.let("e", call(Function.EXP, subtract(ZERO, squareScaled(square))));
        return multiply(e, subtract(ONE, squareScaled(lost)));
    }

    /** (erf(c a) - erf(c b)) / (a - b). */
    private Expr difference(Expr a, Expr b) {
        Expr slope = real(2 / Math.sqrt(Math.PI) * scale);
        if (a == b) {
            return multiply(slope, gauss(a));
        }
        Expr sizeA = code.let("sizeA", call(Function.ABS, a));
        Expr sizeB = code.let("sizeB", call(Function.ABS, b));
        Expr low = code.let("low", min(sizeA, sizeB));
        Expr high = code.let("high", max(sizeA, sizeB));
        Expr distance = code.let("distance", call(Function.ABS, subtract(a, b)));
        Expr across = code.let("across", choose(compare(multiply(a, b), Relation.LESS, ZERO), ONE, ZERO));
        Expr isAcross = compare(across, Relation.GREATER, ZERO);
        Expr from = code.let("from", choose(isAcross, subtract(ZERO, low), low));
        Expr sum = ZERO;
        for (int i = 0; i < NODES.length; i++) {
            Expr s = code.let("s", multiply(distance, real(NODES[i])));
            Expr exponent = squareScaled(multiply(new Expr.Fma(real(2), from, s), s));
            sum = new Expr.Fma(real(WEIGHTS[i]), call(Function.EXP, subtract(ZERO, exponent)), sum);
        }
        Expr near = code.let("near", multiply(multiply(slope, gauss(from)), sum));
        Expr erfLow = code.let("erfLow", positive(low));
        Expr erfHigh = code.let("erfHigh", positive(high));
        Expr tails = subtract(complement(low), complement(high));
        Expr together = choose(compare(scaled(low), Relation.LESS, real(0.5)), subtract(erfHigh, erfLow), tails);
        Expr far = divide(choose(isAcross, add(erfHigh, erfLow), together), distance);
        Expr isNear = compare(multiply(scaled(distance), add(ONE, scaled(low))), Relation.AT_MOST, ONE);
        return choose(isNear, near, far);
    }
}
