package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.add;
import static org.deepliftc.compiler.lower.Code.call;
import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * The divided differences of sine and cosine from the midpoint m and half the distance h of two points:
 * sin[a, b] = cos(m) sin(h) / h and cos[a, b] = -sin(m) sin(h) / h.
 *
 * <p>m = (a + b) / 2 is kept as a rounded number and what the rounding lost (Knuth's exact sum), for a rounded midpoint of
 * large points would be off by more than the cosine bears: cos(m + e) = cos(m) cos(e) - sin(m) sin(e), with short series
 * of e, which is at most 1/8.
 */
final class SineSlope {
    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);
    private static final Expr HALF = real(0.5);

    private final Expr middle;
    private final Expr lost;
    private final Expr cardinal;
    private final Code code;

    private SineSlope(Expr middle, Expr lost, Expr cardinal, Code code) {
        this.middle = middle;
        this.lost = lost;
        this.cardinal = cardinal;
        this.code = code;
    }

    static SineSlope of(Expr a, Expr b, Code code) {
        if (a == b) {
            return new SineSlope(a, ZERO, ONE, code);
        }
        Expr sum = code.let("sum", add(a, b));
        Expr second = code.let("second", subtract(sum, a));
        Expr lost = add(subtract(a, subtract(sum, second)), subtract(b, second));
        Expr h = code.let("half", multiply(HALF, subtract(a, b)));
        Expr cardinal = choose(compare(h, Relation.EQUAL, ZERO), ONE, divide(call(Function.SIN, h), h));
        return new SineSlope(
                code.let("middle", multiply(HALF, sum)),
                code.let("lost", multiply(HALF, lost)),
                code.let("cardinal", cardinal),
                code);
    }

    Expr ofSine() {
        if (lost == ZERO) {
            return call(Function.COS, middle);
        }
        Expr product = multiply(call(Function.SIN, middle), sine());
        return multiply(cardinal, subtract(multiply(call(Function.COS, middle), cosine()), product));
    }

    Expr ofCosine() {
        if (lost == ZERO) {
            return subtract(ZERO, call(Function.SIN, middle));
        }
        Expr product = multiply(call(Function.COS, middle), sine());
        Expr sum = add(multiply(call(Function.SIN, middle), cosine()), product);
        return multiply(subtract(ZERO, cardinal), sum);
    }

    private Expr square() {
        return code.let("square", multiply(lost, lost));
    }

    private Expr sine() {
        return multiply(lost, FloatFunctions.polynomial(square(), 1, -1 / 6.0, 1 / 120.0));
    }

    private Expr cosine() {
        return FloatFunctions.polynomial(square(), 1, -1 / 2.0, 1 / 24.0, -1 / 720.0);
    }
}
