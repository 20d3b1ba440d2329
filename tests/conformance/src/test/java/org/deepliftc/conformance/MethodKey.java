package org.deepliftc.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.oracle.OracleRules;

/**
 * One set of expected contributions of a case.
 *
 * @param options what is asked for; the references are given with each call
 * @param tolerance of a run in float: largest error over the largest expected contribution of the example
 */
record MethodKey(String name, ExplainOptions options, double tolerance) {
    /** How the case files spell what the options spell otherwise. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "crossmax", "cross",
            "pre_activation", "pre-activation",
            "gradient_x_input", "gradient-x-input",
            "guided_backprop", "guided-backprop",
            "integrated_gradients", "integrated-gradients",
            "lrp_eps", "lrp",
            "revealcancel", "genomics",
            "revealcancel_all", "reveal-cancel");

    /** @param settings the case's common options, overridden by the key's own */
    static MethodKey of(String name, Map<String, Object> settings, double tolerance) {
        Method method = Spelled.parse(Method.class, "method", spelled(settings.get("method")));
        boolean deepLift = method == Method.DEEPLIFT;
        Map<String, Integer> onehot = new HashMap<>();
        if (settings.get("onehot_axis") instanceof Double axis) {
            onehot.put("*", axis.intValue() - 1); // the files count the batch axis
        }
        boolean normalise = Boolean.TRUE.equals(settings.get("softmax_normalise"));
        ExplainOptions.Builder options = ExplainOptions.builder()
                .at(Point.parse(spelled(settings.get("point"))))
                .target(target((List<?>) settings.get("index")))
                .references(Map.of("*", new Reference.Given()))
                .method(method)
                .softmax(normalise ? SoftmaxTarget.NORMALISED : SoftmaxTarget.PLAIN)
                .onehot(onehot);
        Optional.ofNullable((String) settings.get("output")).ifPresent(options::output);
        if (deepLift) {
            options.rule(Spelled.parse(NonlinearityRule.class, "rule", spelled(settings.get("rule"))))
                    .maxRule(Spelled.parse(MaxRule.class, "max rule", spelled(settings.get("maxpool"))));
        }
        Optional.ofNullable((Double) settings.get("steps"))
                .map(Double::intValue)
                .ifPresent(options::steps);
        Optional.ofNullable((Double) settings.get("lrp_epsilon")).ifPresent(options::lrpEpsilon);
        return new MethodKey(name, options.build(), tolerance);
    }

    private static String spelled(Object value) {
        return SPELLINGS.getOrDefault((String) value, (String) value);
    }

    private static Target target(List<?> index) {
        Integer[] position = index.stream().map(i -> ((Double) i).intValue()).toArray(Integer[]::new);
        return position.length == 1 ? Target.flat(position) : Target.byAxis(position);
    }

    /** The rules, and what the gradient amounts to where there are none. */
    OracleRules rules() {
        return new OracleRules(
                maxRule(),
                options.rule().orElse(NonlinearityRule.RESCALE),
                options.steps().orElse(ExplainOptions.STEPS),
                options.lrpEpsilon().orElse(ExplainOptions.LRP_EPSILON));
    }

    private MaxRule maxRule() {
        return options.maxRule().orElse(MaxRule.GRADIENT);
    }

    /** True where contributions sum to the difference-from-reference exactly. */
    boolean isComplete() {
        boolean exactMaxima = maxRule() == MaxRule.CROSS || maxRule() == MaxRule.SEGMENTS;
        return options.method().equals(Optional.of(Method.DEEPLIFT)) && exactMaxima;
    }

    /** True for expected values that were made with a pseudo-count where a part of a difference vanishes. */
    boolean hasPseudoCount() {
        return options.rule().orElse(NonlinearityRule.RESCALE) != NonlinearityRule.RESCALE;
    }
}
