package org.deepliftc.compiler.oracle;

import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;

/** f and f' as a textbook has them; at a kink the derivative that the conventions name. */
final class Derivatives {
    private static final double SELU_SCALE = 1.0507009873554804934193349852946;
    private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

    /** A value and its derivative. */
    private record Dual(double value, double slope) {}

    private Derivatives() {}

    static double of(Activation activation, double x, double slope) {
        return activation instanceof Activation.Builtin builtin
                ? builtin(builtin, x, slope).slope()
                : tree(((Activation.UserDefined) activation).body(), x).slope();
    }

    static double value(Activation activation, double x, double slope) {
        return activation instanceof Activation.Builtin builtin
                ? builtin(builtin, x, slope).value()
                : tree(((Activation.UserDefined) activation).body(), x).value();
    }

    private static Dual builtin(Activation.Builtin f, double x, double slope) {
        double alpha = f.alpha();
        return switch (f.kind()) {
            case RELU -> x > 0 ? new Dual(x, 1) : new Dual(0, 0);
            case LEAKY_RELU -> x > 0 ? new Dual(x, 1) : new Dual(alpha * x, alpha);
            case PRELU -> x > 0 ? new Dual(x, 1) : new Dual(slope * x, slope);
            case ELU -> x > 0 ? new Dual(x, 1) : new Dual(alpha * (Math.exp(x) - 1), alpha * Math.exp(x));
            case CELU -> x > 0 ? new Dual(x, 1) : new Dual(alpha * (Math.exp(x / alpha) - 1), Math.exp(x / alpha));
            case SELU ->
                x > 0
                        ? new Dual(SELU_SCALE * x, SELU_SCALE)
                        : new Dual(SELU_SCALE * SELU_ALPHA * (Math.exp(x) - 1), SELU_SCALE * SELU_ALPHA * Math.exp(x));
            case SIGMOID -> new Dual(logistic(x), logistic(x) * logistic(-x));
            case TANH -> new Dual(Math.tanh(x), 1 / (Math.cosh(x) * Math.cosh(x)));
            case SOFTPLUS -> new Dual(Math.log(1 + Math.exp(x)), logistic(x));
            case SOFTSIGN -> new Dual(x / (1 + Math.abs(x)), 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x))));
            case EXP -> new Dual(Math.exp(x), Math.exp(x));
            case LOG -> new Dual(Math.log(x), 1 / x);
            case SQRT -> new Dual(Math.sqrt(x), 0.5 / Math.sqrt(x));
            case RSQRT -> new Dual(1 / Math.sqrt(x), -0.5 / (x * Math.sqrt(x)));
            case RECIPROCAL -> new Dual(1 / x, -1 / (x * x));
            case SQUARE -> new Dual(x * x, 2 * x);
            case ABS -> new Dual(Math.abs(x), x > 0 ? 1 : x < 0 ? -1 : 0);
            case CLIP -> new Dual(Math.min(Math.max(x, alpha), f.beta()), x >= alpha && x <= f.beta() ? 1 : 0);
            case NORMAL_CDF -> new Dual((1 + erf(x / Math.sqrt(2))) / 2, Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI));
            case SIN -> new Dual(Math.sin(x), Math.cos(x));
            case COS -> new Dual(Math.cos(x), -Math.sin(x));
            case ERF -> new Dual(erf(x), 2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
        };
    }

    /** The integral of the derivative, by the midpoint rule of Gauss on many short intervals. */
    private static double erf(double x) {
        int steps = 400;
        double h = x / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            for (double offset : new double[] {-1 / Math.sqrt(3), 1 / Math.sqrt(3)}) {
                double t = (i + 0.5 + offset / 2) * h;
                sum += Math.exp(-t * t) * h / 2;
            }
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static Dual tree(ScalarFunction function, double x) {
        if (function instanceof ScalarFunction.Variable) {
            return new Dual(x, 1);
        }
        if (function instanceof ScalarFunction.Number number) {
            return new Dual(number.value(), 0);
        }
        if (function instanceof ScalarFunction.Apply apply) {
            Dual inner = tree(apply.inner(), x);
            Dual outer = builtin(apply.outer(), inner.value(), 0);
            return new Dual(outer.value(), outer.slope() * inner.slope());
        }
        ScalarFunction.Arithmetic both = (ScalarFunction.Arithmetic) function;
        Dual f = tree(both.left(), x);
        Dual g = tree(both.right(), x);
        return switch (both.operator()) {
            case ADD -> new Dual(f.value() + g.value(), f.slope() + g.slope());
            case SUBTRACT -> new Dual(f.value() - g.value(), f.slope() - g.slope());
            case MULTIPLY -> new Dual(f.value() * g.value(), f.slope() * g.value() + f.value() * g.slope());
            case DIVIDE ->
                new Dual(
                        f.value() / g.value(),
                        (f.slope() * g.value() - f.value() * g.slope()) / (g.value() * g.value()));
        };
    }
}
