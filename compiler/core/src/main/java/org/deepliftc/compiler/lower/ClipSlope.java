package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.choose;
import static org.deepliftc.compiler.lower.Code.compare;
import static org.deepliftc.compiler.lower.Code.divide;
import static org.deepliftc.compiler.lower.Code.max;
import static org.deepliftc.compiler.lower.Code.multiply;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;

import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Relation;

/**
 * The divided difference of min(max(x, low), high): the share of the way between the points that lies between the bounds,
 * 1 at a bound.
 *
 * <p>Each end of that share is a point or a bound, and a bound is taken in two floats: next to a bound that is no float the
 * share would else be off by as much as it is. For the same reason clip(alpha x + beta) is alpha times the share between the
 * points x at which it bends, rather than between rounded values of alpha x + beta.
 */
final class ClipSlope {
    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);

    private ClipSlope() {}

    /** @param low and {@code high} may be infinite */
    static Expr of(Expr a, Expr b, double low, double high, Code code) {
        Expr[] ends = ActivationCode.ordered(a, b, code);
        boolean hasLow = low != Double.NEGATIVE_INFINITY;
        boolean hasHigh = high != Double.POSITIVE_INFINITY;
        Expr d = code.let("difference", subtract(ends[0], ends[1]));
        Expr aboveHigh = hasHigh ? code.let("aboveHigh", above(ends[0], high)) : real(-1);
        Expr aboveLow = hasLow ? code.let("aboveLow", above(ends[1], low)) : ONE;
        Expr share = d;
        if (hasLow) {
            share = choose(compare(aboveLow, Relation.LESS, ZERO), above(ends[0], low), share);
        }
        if (hasHigh) {
            Expr upper = subtract(ZERO, above(ends[1], high));
            Expr cut = hasLow ? choose(compare(aboveLow, Relation.LESS, ZERO), real(high - low), upper) : upper;
            share = choose(compare(aboveHigh, Relation.GREATER, ZERO), cut, share);
        }
        Expr inside =
                new Expr.And(compare(aboveHigh, Relation.AT_MOST, ZERO), compare(aboveLow, Relation.AT_LEAST, ZERO));
        Expr quotient = divide(max(share, ZERO), d);
        return choose(compare(d, Relation.EQUAL, ZERO), choose(inside, ONE, ZERO), quotient);
    }

    /** x - bound, rounded once where x is near. */
    private static Expr above(Expr x, double bound) {
        double rounded = (float) bound;
        Expr rest = subtract(x, real(rounded));
        return rounded == bound || Double.isInfinite(rounded) ? rest : subtract(rest, real(bound - rounded));
    }

    /** alpha x + beta. */
    private record Line(double alpha, double beta) {
        static Optional<Line> of(ScalarFunction function) {
            if (function instanceof ScalarFunction.Variable) {
                return Optional.of(new Line(1, 0));
            }
            if (function instanceof ScalarFunction.Number number) {
                return Optional.of(new Line(0, number.value()));
            }
            if (!(function instanceof ScalarFunction.Arithmetic arithmetic)) {
                return Optional.empty();
            }
            Optional<Line> left = of(arithmetic.left());
            Optional<Line> right = of(arithmetic.right());
            return left.isEmpty() || right.isEmpty()
                    ? Optional.empty()
                    : left.get().combined(arithmetic.operator(), right.get());
        }

        private Optional<Line> combined(ScalarFunction.Operator operator, Line other) {
            return switch (operator) {
                case ADD -> Optional.of(new Line(alpha + other.alpha, beta + other.beta));
                case SUBTRACT -> Optional.of(new Line(alpha - other.alpha, beta - other.beta));
                case MULTIPLY ->
                    alpha == 0
                            ? Optional.of(new Line(beta * other.alpha, beta * other.beta))
                            : other.alpha == 0
                                    ? Optional.of(new Line(alpha * other.beta, beta * other.beta))
                                    : Optional.empty();
                case DIVIDE ->
                    other.alpha == 0 && other.beta != 0
                            ? Optional.of(new Line(alpha / other.beta, beta / other.beta))
                            : Optional.empty();
            };
        }
    }

    /** The divided difference of a function that clips a line; empty for others. */
    static Optional<Expr> ofLine(ScalarFunction.Apply function, Expr a, Expr b, Code code) {
        if (function.outer().kind() != Activation.Kind.CLIP) {
            return Optional.empty();
        }
        return Line.of(function.inner()).filter(line -> line.alpha != 0).map(line -> {
            double first = (function.outer().alpha() - line.beta) / line.alpha;
            double second = (function.outer().beta() - line.beta) / line.alpha;
            Expr share = of(a, b, Math.min(first, second), Math.max(first, second), code);
            return line.alpha == 1 ? share : multiply(real(line.alpha), share);
        });
    }
}
