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

import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Expr.Function;
import org.deepliftc.compiler.loop.Expr.Relation;

/** The value of an activation as an expression of the loop program. */
final class ActivationCode {
    /** The constants of selu (arXiv 1706.02515). */
    static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    static final double SELU_SCALE = 1.0507009873554804934193349852946;

    private static final Expr ZERO = real(0);
    private static final Expr ONE = real(1);

    private ActivationCode() {}

    /** f(x); {@code slope} is used by prelu alone and may be null for others. */
    static Expr value(Activation activation, Expr x, Expr slope, Code code) {
        if (activation instanceof Activation.UserDefined) {
            return value(((Activation.UserDefined) activation).body(), x, code);
        }
        Activation.Builtin builtin = (Activation.Builtin) activation;
        Expr alpha = builtin.kind() == Activation.Kind.PRELU ? slope : real(builtin.alpha());
        return value(builtin.kind(), code.let("x", x), alpha, real(builtin.beta()), code);
    }

    private static Expr value(Activation.Kind kind, Expr x, Expr alpha, Expr beta, Code code) {
        return switch (kind) {
            case RELU -> max(x, ZERO);
            case LEAKY_RELU, PRELU -> choose(positive(x), x, multiply(alpha, x));
            case ELU -> choose(positive(x), x, multiply(alpha, call(Function.EXPM1, x)));
            case SELU ->
                multiply(real(SELU_SCALE), choose(positive(x), x, multiply(real(SELU_ALPHA), call(Function.EXPM1, x))));
            case CELU -> choose(positive(x), x, multiply(alpha, call(Function.EXPM1, divide(x, alpha))));
            case SIGMOID -> sigmoid(x);
            case TANH -> call(Function.TANH, x);
            case SOFTPLUS -> softplus(x);
            case SOFTSIGN -> divide(x, add(ONE, call(Function.ABS, x)));
            case EXP -> call(Function.EXP, x);
            case LOG -> call(Function.LOG, x);
            case SQRT -> call(Function.SQRT, x);
            case RSQRT -> divide(ONE, call(Function.SQRT, x));
            case RECIPROCAL -> divide(ONE, x);
            case SQUARE -> multiply(x, x);
            case ABS -> call(Function.ABS, x);
            case CLIP -> min(max(x, alpha), beta);
            case ERF -> ErrorFunctionCode.erf(x, code);
            case NORMAL_CDF -> ErrorFunctionCode.normal(x, code);
            case SIN -> call(Function.SIN, x);
            case COS -> call(Function.COS, x);
        };
    }

    private static Expr positive(Expr x) {
        return compare(x, Relation.GREATER, ZERO);
    }

    /** 1 / (1 + exp(-x)): where exp overflows the quotient is 0, as it should be. */
    static Expr sigmoid(Expr x) {
        return divide(ONE, add(ONE, call(Function.EXP, subtract(ZERO, x))));
    }

    /** max(x, 0) + log(1 + exp(-|x|)). */
    static Expr softplus(Expr x) {
        Expr tail = call(Function.LOG1P, call(Function.EXP, subtract(ZERO, call(Function.ABS, x))));
        return add(max(x, ZERO), tail);
    }

    static Expr value(ScalarFunction function, Expr x, Code code) {
        if (function instanceof ScalarFunction.Variable) {
            return x;
        }
        if (function instanceof ScalarFunction.Number) {
            return real(((ScalarFunction.Number) function).value());
        }
        if (function instanceof ScalarFunction.Apply) {
            ScalarFunction.Apply apply = (ScalarFunction.Apply) function;
            Optional<PowerCode> power = PowerCode.of(function);
            if (power.isPresent()) {
                return power.get().value(value(power.get().base(), x, code));
            }
            return value(apply.outer(), value(apply.inner(), x, code), ZERO, code);
        }
        ScalarFunction.Arithmetic arithmetic = (ScalarFunction.Arithmetic) function;
        Expr left = value(arithmetic.left(), x, code);
        Expr right = value(arithmetic.right(), x, code);
        return switch (arithmetic.operator()) {
            case ADD -> add(left, right);
            case SUBTRACT -> subtract(left, right);
            case MULTIPLY -> multiply(left, right);
            case DIVIDE -> divide(left, right);
        };
    }

    /** The larger and the smaller of two points. */
    static Expr[] ordered(Expr a, Expr b, Code code) {
        return new Expr[] {code.let("high", max(a, b)), code.let("low", min(a, b))};
    }
}
