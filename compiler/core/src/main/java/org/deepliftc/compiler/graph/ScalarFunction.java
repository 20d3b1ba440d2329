package org.deepliftc.compiler.graph;

import java.util.Objects;

/**
 * A function of one real variable, as a tree. Every form has a value, a derivative and an exact divided difference,
 * so that Rescale holds for whatever a user composes.
 */
public sealed interface ScalarFunction
        permits ScalarFunction.Variable, ScalarFunction.Number, ScalarFunction.Arithmetic, ScalarFunction.Apply {

    /** The argument itself. */
    record Variable() implements ScalarFunction {
        @Override
        public String toString() {
            return "x";
        }
    }

    /** A constant. */
    record Number(double value) implements ScalarFunction {
        public Number {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a constant in an activation must be finite");
            }
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** The four operations. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Two functions of the same variable, combined. */
    record Arithmetic(Operator operator, ScalarFunction left, ScalarFunction right) implements ScalarFunction {
        public Arithmetic {
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(left, "left");
            Objects.requireNonNull(right, "right");
        }

        @Override
        public String toString() {
            return "(" + left + " " + operator.symbol() + " " + right + ")";
        }
    }

    /** A built-in activation of a function; never {@link Activation.Kind#PRELU}, which needs a tensor. */
    record Apply(Activation.Builtin outer, ScalarFunction inner) implements ScalarFunction {
        public Apply {
            Objects.requireNonNull(inner, "inner");
            if (outer.kind() == Activation.Kind.PRELU) {
                throw new IllegalArgumentException("prelu has a slope tensor and is no function of one variable");
            }
        }

        @Override
        public String toString() {
            String alpha = outer.kind().hasAlpha()
                    ? ", alpha = " + outer.alpha()
                    : outer.kind() == Activation.Kind.CLIP
                            ? ", low = " + outer.alpha() + ", high = " + outer.beta()
                            : "";
            return outer.name() + "(" + inner + alpha + ")";
        }
    }
}
