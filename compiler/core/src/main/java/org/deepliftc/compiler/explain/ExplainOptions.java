package org.deepliftc.compiler.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be explained and how, as far as somebody said so: an {@code explain} section, the flags of a command, the
 * parameters of the Maven plugin. {@link #orElse} lets one beat another; what nobody said has the default named here.
 *
 * @param output the output explained; default the first
 * @param at the explained point; default the pre-activation
 * @param target the explained neuron; default index 0
 * @param references the reference of each input by name; the name {@code *} stands for every input not named; default
 *     zeros
 * @param method default DeepLIFT
 * @param rule the rule of nonlinearities; default rescale
 * @param rules the rule of single operator kinds ({@code prelu}) or nodes by name, which beat {@code rule}
 * @param maxRule default cross
 * @param softmax how the pre-activation of a softmax is explained; default normalised
 * @param onehot one-hot axis by input name ({@code *} for every input), where the model declares none
 * @param normaliseOnehot whether one-hot weights are mean-normalised; default as the input declares, else yes
 * @param steps points of integrated gradients; default {@link #STEPS}
 * @param lrpEpsilon the epsilon of layer-wise relevance propagation; default {@link #LRP_EPSILON}
 */
public record ExplainOptions(
        Optional<String> output,
        Optional<Point> at,
        Optional<Target> target,
        Map<String, Reference> references,
        Optional<Method> method,
        Optional<NonlinearityRule> rule,
        Map<String, NonlinearityRule> rules,
        Optional<MaxRule> maxRule,
        Optional<SoftmaxTarget> softmax,
        Map<String, Integer> onehot,
        Optional<Boolean> normaliseOnehot,
        Optional<Integer> steps,
        Optional<Double> lrpEpsilon) {
    /** Points on the path of integrated gradients unless somebody says otherwise. */
    public static final int STEPS = 64;

    /** The epsilon of layer-wise relevance propagation unless somebody says otherwise. */
    public static final double LRP_EPSILON = 1e-6;

    public static final ExplainOptions NONE = new ExplainOptions(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public ExplainOptions {
        references = Map.copyOf(references);
        rules = Map.copyOf(rules);
        onehot = Map.copyOf(onehot);
        steps.ifPresent(n -> require(n >= 1, "steps must be at least 1, not " + n));
        lrpEpsilon.ifPresent(
                e -> require(e >= 0 && Double.isFinite(e), "the epsilon of lrp is a number of at least 0, not " + e));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** These options, completed by {@code weaker} where they are silent. */
    public ExplainOptions orElse(ExplainOptions weaker) {
        return new ExplainOptions(
                output.or(weaker::output),
                at.or(weaker::at),
                target.or(weaker::target),
                merged(weaker.references, references),
                method.or(weaker::method),
                rule.or(weaker::rule),
                merged(rule.isPresent() ? Map.of() : weaker.rules, rules),
                maxRule.or(weaker::maxRule),
                softmax.or(weaker::softmax),
                merged(weaker.onehot, onehot),
                normaliseOnehot.or(weaker::normaliseOnehot),
                steps.or(weaker::steps),
                lrpEpsilon.or(weaker::lrpEpsilon));
    }

    private static <V> Map<String, V> merged(Map<String, V> weaker, Map<String, V> stronger) {
        Map<String, V> all = new LinkedHashMap<>(stronger.containsKey("*") ? Map.of() : weaker);
        all.putAll(stronger);
        return all;
    }

    /** The reference of an input: its own, else that of all inputs, else zeros. */
    public Reference reference(String input) {
        return references.getOrDefault(input, references.getOrDefault("*", new Reference.Zeros()));
    }

    public ExplainOptions withReferences(Map<String, Reference> chosen) {
        return with(chosen, method, maxRule, normaliseOnehot);
    }

    public ExplainOptions withMethod(Method chosen) {
        return with(references, Optional.of(chosen), maxRule, normaliseOnehot);
    }

    public ExplainOptions withMaxRule(MaxRule chosen) {
        return with(references, method, Optional.of(chosen), normaliseOnehot);
    }

    public ExplainOptions withNormalisedOnehot(boolean normalised) {
        return with(references, method, maxRule, Optional.of(normalised));
    }

    private ExplainOptions with(
            Map<String, Reference> references,
            Optional<Method> method,
            Optional<MaxRule> maxRule,
            Optional<Boolean> normaliseOnehot) {
        return new ExplainOptions(
                output,
                at,
                target,
                references,
                method,
                rule,
                rules,
                maxRule,
                softmax,
                onehot,
                normaliseOnehot,
                steps,
                lrpEpsilon);
    }
}
