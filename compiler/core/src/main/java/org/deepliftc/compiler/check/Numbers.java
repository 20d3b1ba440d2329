package org.deepliftc.compiler.check;

import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.syntax.Expression;

/** Arithmetic on numbers and texts known when compiling. Whole numbers stay whole where the result is. */
final class Numbers {
    private static final int LONGEST_TEXT = 1000;

    private Numbers() {}

    /** The number a value is, if it is one. */
    static Optional<Double> real(Value value) {
        if (value instanceof Value.Whole) {
            return Optional.of((double) ((Value.Whole) value).value());
        }
        return value instanceof Value.Real ? Optional.of(((Value.Real) value).value()) : Optional.empty();
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.Whole || value instanceof Value.Real;
    }

    static Value negate(Value number, SourceSpan span) {
        if (number instanceof Value.Whole && ((Value.Whole) number).value() != Long.MIN_VALUE) {
            return new Value.Whole(-((Value.Whole) number).value());
        }
        return finite(-real(number).orElseThrow(), span);
    }

    static Value binary(Expression.Operator operator, Value left, Value right, SourceSpan span) {
        if (left instanceof Value.Whole && right instanceof Value.Whole) {
            return whole(operator, ((Value.Whole) left).value(), ((Value.Whole) right).value(), span);
        }
        return real(operator, real(left).orElseThrow(), real(right).orElseThrow(), span);
    }

    private static Value whole(Expression.Operator operator, long a, long b, SourceSpan span) {
        try {
            return switch (operator) {
                case ADD -> new Value.Whole(Math.addExact(a, b));
                case SUBTRACT -> new Value.Whole(Math.subtractExact(a, b));
                case MULTIPLY -> new Value.Whole(Math.multiplyExact(a, b));
                case DIVIDE -> b != 0 && a % b == 0 && b != -1 ? new Value.Whole(a / b) : real(operator, a, b, span);
                case POWER -> b < 0 ? real(operator, a, b, span) : new Value.Whole(power(a, b));
                case MATMUL -> throw noMatrix(span);
            };
        } catch (ArithmeticException e) {
            throw Failure.of(
                    Problem.NUMBER001,
                    span,
                    a + " " + operator.symbol() + " " + b + " does not fit a whole number of 64 bits");
        }
    }

    /** By squaring; an overflow is an {@link ArithmeticException}. */
    private static long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = Math.multiplyExact(result, square);
            }
            if (rest > 1) {
                square = Math.multiplyExact(square, square);
            }
        }
        return result;
    }

    private static Value real(Expression.Operator operator, double a, double b, SourceSpan span) {
        return finite(
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case POWER -> Math.pow(a, b);
                    case MATMUL -> throw noMatrix(span);
                },
                span);
    }

    private static Value finite(double value, SourceSpan span) {
        if (!Double.isFinite(value)) {
            throw Failure.of(Problem.NUMBER001, span, "this has no finite value");
        }
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1L << 53 && !(value == 0 && 1 / value < 0);
        return isWhole ? new Value.Whole((long) value) : new Value.Real(value);
    }

    private static Failure noMatrix(SourceSpan span) {
        return Failure.of(Problem.CALL003, span, "@ multiplies matrices, not numbers", "write * for numbers");
    }

    /** Joins texts and numbers. */
    static Value.Text join(Value left, Value right, SourceSpan span) {
        String joined = text(left, span) + text(right, span);
        if (joined.length() > LONGEST_TEXT) {
            throw Failure.of(Problem.LIMIT001, span, "this text is longer than " + LONGEST_TEXT + " characters");
        }
        return new Value.Text(joined);
    }

    private static String text(Value value, SourceSpan span) {
        if (value instanceof Value.Text) {
            return ((Value.Text) value).value();
        }
        if (value instanceof Value.Whole) {
            return Long.toString(((Value.Whole) value).value());
        }
        return real(value)
                .map(String::valueOf)
                .orElseThrow(() -> Failure.of(
                        Problem.CALL003,
                        span,
                        "a text can be joined with texts and numbers, not with " + value.kind()));
    }
}
