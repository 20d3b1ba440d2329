package org.deepliftc.compiler.graph;

import java.util.Locale;
import java.util.Objects;

/** An elementwise function of one value: built in, or written by the user in the language. */
public sealed interface Activation permits Activation.Builtin, Activation.UserDefined {

    /** The name of the activation in the language, as {@code --rule NAME=...} and the rule table use it. */
    String name();

    /** How many inputs an elementwise node of this activation has: two where a slope tensor comes along. */
    default int inputs() {
        return this instanceof Builtin && ((Builtin) this).kind() == Kind.PRELU ? 2 : 1;
    }

    /** True where the slope may be infinite, or have no closed form, at points where the value is finite. */
    default boolean maybeSteep() {
        return Steepness.isPossible(this);
    }

    /** True for functions that take more than a handful of operations: all but the piecewise linear ones and squares. */
    default boolean isCostly() {
        if (!(this instanceof Builtin builtin)) {
            return true;
        }
        return switch (builtin.kind()) {
            case RELU, LEAKY_RELU, PRELU, SQUARE, ABS, CLIP -> false;
            case ELU,
                    SELU,
                    CELU,
                    SIGMOID,
                    TANH,
                    SOFTPLUS,
                    SOFTSIGN,
                    EXP,
                    LOG,
                    SQRT,
                    RSQRT,
                    RECIPROCAL,
                    ERF,
                    NORMAL_CDF,
                    SIN,
                    COS -> true;
        };
    }

    /** The activations the compiler knows. A new one is a constant here; javac then names what it still lacks. */
    enum Kind {
        RELU,
        LEAKY_RELU,
        /** max(x, 0) + slope min(x, 0); the slope is a second, constant input that broadcasts. */
        PRELU,
        ELU,
        SELU,
        CELU,
        SIGMOID,
        TANH,
        SOFTPLUS,
        SOFTSIGN,
        EXP,
        LOG,
        SQRT,
        RSQRT,
        RECIPROCAL,
        SQUARE,
        ABS,
        /** min(max(x, low), high). */
        CLIP,
        /** 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
        ERF,
        /** (1 + erf(x / sqrt 2)) / 2: the share of a standard normal distribution below x. */
        NORMAL_CDF,
        SIN,
        COS;

        /** The name in the language: {@code leaky_relu}. */
        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** True where the activation takes the parameter {@code alpha}. */
        public boolean hasAlpha() {
            return this == LEAKY_RELU || this == ELU || this == CELU;
        }

        /** The customary value of {@code alpha}; unused by kinds without it. */
        public double defaultAlpha() {
            return this == LEAKY_RELU ? 0.01 : 1.0;
        }
    }

    /**
     * An activation the compiler knows.
     *
     * @param alpha the negative slope of leaky_relu, the scale of elu and celu, the lower bound of clip; 0 for other kinds
     * @param beta the upper bound of clip; 0 for other kinds
     */
    record Builtin(Kind kind, double alpha, double beta) implements Activation {
        public Builtin {
            Objects.requireNonNull(kind, "kind");
            if (kind == Kind.CLIP && !(alpha <= beta)) {
                throw new IllegalArgumentException("clip between " + alpha + " and " + beta + " leaves nothing");
            }
            if (kind != Kind.CLIP && !Double.isFinite(alpha)) {
                throw new IllegalArgumentException("alpha of " + kind.spelling() + " is not finite");
            }
            if (kind == Kind.CELU && alpha <= 0) {
                throw new IllegalArgumentException("alpha of celu must be positive, not " + alpha);
            }
        }

        @Override
        public String name() {
            return kind.spelling();
        }
    }

    /** An activation the user wrote: {@code activation mish(x) = x * tanh(softplus(x))}. */
    record UserDefined(String name, ScalarFunction body) implements Activation {
        public UserDefined {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(body, "body");
        }
    }

    static Activation of(Kind kind) {
        return kind == Kind.CLIP ? clip(0, 1) : of(kind, kind.hasAlpha() ? kind.defaultAlpha() : 0);
    }

    static Activation of(Kind kind, double alpha) {
        return kind == Kind.CLIP ? clip(0, 1) : new Builtin(kind, alpha, 0);
    }

    /** min(max(x, low), high); either bound may be infinite. */
    static Builtin clip(double low, double high) {
        return new Builtin(Kind.CLIP, low, high);
    }
}
