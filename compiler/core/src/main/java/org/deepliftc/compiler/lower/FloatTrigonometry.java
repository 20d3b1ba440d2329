package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * sin and cos of floats up to {@link #LARGEST} in size, within two units in the last place; NaN beyond, where neighbouring
 * floats lie half apart and the value would say nothing.
 *
 * <p>x = n pi/2 + r with n whole and |r| below 0.9: pi/2 is the sum of three floats, and each is taken off n times with one
 * rounding. The first such step is exact, for x and n pi/2 agree in their leading bits; the others round relative to what is
 * left, so that r keeps its bits where x lies next to a multiple of pi/2. Then a polynomial of r, chosen and signed by
 * n modulo 4.
 */
final class FloatTrigonometry {
    /** Up to here n, which is exact in the last bits of {@link #ROUNDING}, is the nearest whole number but for its rounding. */
    static final double LARGEST = 0x1p22;

    private static final double ROUNDING = 12_582_912;
    private static final double TWO_OVER_PI = 0.6366197723675814;

    /** pi/2 in three floats. */
    private static final double[] HALF_PI = {1.5707963705062866, -4.371138828673793e-08, -1.7151245100058819e-15};

    private FloatTrigonometry() {}

    static Expr sin(Expr x, Code code) {
        Reduced reduced = Reduced.of(x, code);
        Expr size = code.let("part", choose(reduced.isOdd, reduced.cos(code), reduced.sin(code)));
        return result(x, "sin", reduced.between(-0.5, 1.5), size, code);
    }

    static Expr cos(Expr x, Code code) {
        Reduced reduced = Reduced.of(x, code);
        Expr size = code.let("part", choose(reduced.isOdd, reduced.sin(code), reduced.cos(code)));
        return result(x, "cos", reduced.between(-1.5, 0.5), size, code);
    }

    private static Expr result(Expr x, String name, Expr isPositive, Expr size, Code code) {
        Expr signed = choose(isPositive, size, subtract(real(0), size));
        Expr distance = code.let("distance", new Expr.Call(Expr.Function.ABS, java.util.List.of(x)));
        Expr inRange = compare(distance, Relation.AT_MOST, real(LARGEST));
        return code.let(name, choose(inRange, signed, real(Double.NaN)));
    }

    /** r, the quadrant n modulo 4 as a number from -2 to 2, and whether that is odd. */
    private record Reduced(Expr r, Expr square, Expr quadrant, Expr isOdd) {
        static Reduced of(Expr x, Code code) {
            Expr n = nearest(x, TWO_OVER_PI, "n", code);
            Expr r = x;
            for (double part : HALF_PI) {
                r = code.let("r", new Expr.Fma(n, real(-part), r));
            }
            Expr turns = nearest(n, 0.25, "turns", code);
            Expr quadrant = code.let("quadrant", new Expr.Fma(turns, real(-4), n));
            Expr isOdd = compare(multiply(quadrant, quadrant), Relation.EQUAL, real(1));
            return new Reduced(r, code.let("square", multiply(r, r)), quadrant, isOdd);
        }

        private static Expr nearest(Expr x, double factor, String name, Code code) {
            return code.let(name, subtract(new Expr.Fma(x, real(factor), real(ROUNDING)), real(ROUNDING)));
        }

        /** Whether the quadrant lies between two bounds. */
        Expr between(double low, double high) {
            return new Expr.And(
                    compare(quadrant, Relation.GREATER, real(low)), compare(quadrant, Relation.LESS, real(high)));
        }

        Expr sin(Code code) {
            Expr series = FloatFunctions.polynomial(
                    square, -1 / 6.0, 1 / 120.0, -1 / 5040.0, 1 / 362_880.0, -1 / 39_916_800.0);
            return code.let("sine", new Expr.Fma(multiply(r, square), series, r));
        }

        Expr cos(Code code) {
            Expr series = FloatFunctions.polynomial(
                    square, 1, -1 / 2.0, 1 / 24.0, -1 / 720.0, 1 / 40_320.0, -1 / 3_628_800.0);
            return code.let("cosine", series);
        }
    }
}
