package org.deepliftc.compiler.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.ScalarFunction.Operator;

/**
 * Activations that are functions of others, each one function of one variable, so that Rescale is exact for it as a whole.
 * A user's definition of the same name takes its place.
 */
public final class NamedActivations {
    private static final ScalarFunction X = new ScalarFunction.Variable();

    /** silu = x sigmoid(x), mish = x tanh(softplus(x)), hard_swish = x clip(x / 6 + 1/2, 0, 1), gelu = x normal_cdf(x). */
    public static final Map<String, ScalarFunction> ALL = all();

    private NamedActivations() {}

    /** One of {@link #ALL}. */
    public static Activation.UserDefined of(String name) {
        return new Activation.UserDefined(name, Objects.requireNonNull(ALL.get(name), name));
    }

    private static Map<String, ScalarFunction> all() {
        Map<String, ScalarFunction> all = new LinkedHashMap<>();
        all.put("silu", times(X, apply(Kind.SIGMOID, X)));
        all.put("mish", times(X, apply(Kind.TANH, apply(Kind.SOFTPLUS, X))));
        all.put("hard_swish", times(X, hardSigmoid(1 / 6.0, 0.5)));
        all.put("gelu", times(X, apply(Kind.NORMAL_CDF, X)));
        return Collections.unmodifiableMap(all);
    }

    /** clip(alpha x + beta, 0, 1). */
    public static ScalarFunction hardSigmoid(double alpha, double beta) {
        return new ScalarFunction.Apply(Activation.clip(0, 1), plus(times(X, number(alpha)), number(beta)));
    }

    /** x to any real power, for positive x: exp(exponent log(x)). */
    public static ScalarFunction power(double exponent) {
        return apply(Kind.EXP, times(number(exponent), apply(Kind.LOG, X)));
    }

    private static ScalarFunction number(double value) {
        return new ScalarFunction.Number(value);
    }

    private static ScalarFunction plus(ScalarFunction a, ScalarFunction b) {
        return new ScalarFunction.Arithmetic(Operator.ADD, a, b);
    }

    private static ScalarFunction times(ScalarFunction a, ScalarFunction b) {
        return new ScalarFunction.Arithmetic(Operator.MULTIPLY, a, b);
    }

    private static ScalarFunction apply(Kind kind, ScalarFunction inner) {
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind), inner);
    }
}
