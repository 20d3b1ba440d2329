package org.deepliftc.compiler.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be explained and how, as far as somebody said so: an {@code explain} section, the flags of a command, the
 * parameters of the Maven plugin. {@link #orElse} lets one beat another; what nobody said has the default named here.
 *
 * @param output the output explained; default the first
 * @param at the explained point; default the pre-activation
 * @param target the explained neuron, or expression of neurons; default index 0
 * @param layers the nodes whose contributions are wanted beside those of the inputs
 * @param references the reference of each input by name; the name {@code *} stands for every input not named; default
 *     zeros
 * @param method default DeepLIFT
 * @param rule the rule of nonlinearities; default rescale
 * @param rules the rule of single operator kinds ({@code prelu}) or nodes by name, which beat {@code rule}
 * @param maxRule default cross
 * @param softmax how the pre-activation of a softmax is explained; default normalised
 * @param softmaxRule the rule of a softmax inside the network; default guarded
 * @param normRule the rule of a division by a norm inside the network; default guarded
 * @param like the tool whose definitions are followed; default none
 * @param onehot one-hot axis by input name ({@code *} for every input), where the model declares none
 * @param normaliseOnehot whether one-hot weights are mean-normalised; default as the input declares, else yes
 * @param steps points of integrated gradients; default {@link #STEPS}
 * @param lrpEpsilon the epsilon of layer-wise relevance propagation; default {@link #LRP_EPSILON}
 */
public record ExplainOptions(
        Optional<String> output,
        Optional<Point> at,
        Optional<Target> target,
        List<String> layers,
        Map<String, Reference> references,
        Optional<Method> method,
        Optional<NonlinearityRule> rule,
        Map<String, NonlinearityRule> rules,
        Optional<MaxRule> maxRule,
        Optional<SoftmaxTarget> softmax,
        Optional<SoftmaxRule> softmaxRule,
        Optional<NormRule> normRule,
        Optional<Tool> like,
        Map<String, Integer> onehot,
        Optional<Boolean> normaliseOnehot,
        Optional<Integer> steps,
        Optional<Double> lrpEpsilon) {
    /** Points on the path of integrated gradients unless somebody says otherwise. */
    public static final int STEPS = 64;

    /** The epsilon of layer-wise relevance propagation unless somebody says otherwise. */
    public static final double LRP_EPSILON = 1e-6;

    /** Nothing was said. */
    public static final ExplainOptions NONE = builder().build();

    public ExplainOptions {
        layers = List.copyOf(layers);
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

    /** Options of which nobody said any. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to change some. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.output = output;
        builder.at = at;
        builder.target = target;
        builder.layers = layers;
        builder.references = references;
        builder.method = method;
        builder.rule = rule;
        builder.rules = rules;
        builder.maxRule = maxRule;
        builder.softmax = softmax;
        builder.softmaxRule = softmaxRule;
        builder.normRule = normRule;
        builder.like = like;
        builder.onehot = onehot;
        builder.normaliseOnehot = normaliseOnehot;
        builder.steps = steps;
        builder.lrpEpsilon = lrpEpsilon;
        return builder;
    }

    /** These options, completed by {@code weaker} where they are silent. */
    public ExplainOptions orElse(ExplainOptions weaker) {
        return new ExplainOptions(
                output.or(weaker::output),
                at.or(weaker::at),
                target.or(weaker::target),
                layers.isEmpty() ? weaker.layers : layers,
                merged(weaker.references, references),
                method.or(weaker::method),
                rule.or(weaker::rule),
                merged(rule.isPresent() ? Map.of() : weaker.rules, rules),
                maxRule.or(weaker::maxRule),
                softmax.or(weaker::softmax),
                softmaxRule.or(weaker::softmaxRule),
                normRule.or(weaker::normRule),
                like.or(weaker::like),
                merged(weaker.onehot, onehot),
                normaliseOnehot.or(weaker::normaliseOnehot),
                steps.or(weaker::steps),
                lrpEpsilon.or(weaker::lrpEpsilon));
    }

    /** These options, completed by the definitions of the tool they follow, then by a model's own section. */
    public ExplainOptions over(ExplainOptions section) {
        return orElse(like.map(Tool::options).orElse(NONE)).orElse(section);
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
        return toBuilder().references(chosen).build();
    }

    public ExplainOptions withMethod(Method chosen) {
        return toBuilder().method(chosen).build();
    }

    public ExplainOptions withMaxRule(MaxRule chosen) {
        return toBuilder().maxRule(chosen).build();
    }

    public ExplainOptions withNormalisedOnehot(boolean normalised) {
        return toBuilder().normaliseOnehot(normalised).build();
    }

    /** Collects what somebody says, choice by choice. */
    public static final class Builder {
        private Optional<String> output = Optional.empty();
        private Optional<Point> at = Optional.empty();
        private Optional<Target> target = Optional.empty();
        private List<String> layers = List.of();
        private Map<String, Reference> references = Map.of();
        private Optional<Method> method = Optional.empty();
        private Optional<NonlinearityRule> rule = Optional.empty();
        private Map<String, NonlinearityRule> rules = Map.of();
        private Optional<MaxRule> maxRule = Optional.empty();
        private Optional<SoftmaxTarget> softmax = Optional.empty();
        private Optional<SoftmaxRule> softmaxRule = Optional.empty();
        private Optional<NormRule> normRule = Optional.empty();
        private Optional<Tool> like = Optional.empty();
        private Map<String, Integer> onehot = Map.of();
        private Optional<Boolean> normaliseOnehot = Optional.empty();
        private Optional<Integer> steps = Optional.empty();
        private Optional<Double> lrpEpsilon = Optional.empty();

        private Builder() {}

        public Builder output(String chosen) {
            output = Optional.of(chosen);
            return this;
        }

        public Builder at(Point chosen) {
            at = Optional.of(chosen);
            return this;
        }

        public Builder target(Target chosen) {
            target = Optional.of(chosen);
            return this;
        }

        public Builder layers(List<String> chosen) {
            layers = chosen;
            return this;
        }

        public Builder references(Map<String, Reference> chosen) {
            references = chosen;
            return this;
        }

        public Builder method(Method chosen) {
            method = Optional.of(chosen);
            return this;
        }

        public Builder rule(NonlinearityRule chosen) {
            rule = Optional.of(chosen);
            return this;
        }

        public Builder rules(Map<String, NonlinearityRule> chosen) {
            rules = chosen;
            return this;
        }

        public Builder maxRule(MaxRule chosen) {
            maxRule = Optional.of(chosen);
            return this;
        }

        public Builder softmax(SoftmaxTarget chosen) {
            softmax = Optional.of(chosen);
            return this;
        }

        public Builder softmaxRule(SoftmaxRule chosen) {
            softmaxRule = Optional.of(chosen);
            return this;
        }

        public Builder normRule(NormRule chosen) {
            normRule = Optional.of(chosen);
            return this;
        }

        public Builder like(Tool chosen) {
            like = Optional.of(chosen);
            return this;
        }

        /** Follows nobody's definitions but the paper's. */
        public Builder withoutLike() {
            like = Optional.empty();
            return this;
        }

        public Builder onehot(Map<String, Integer> chosen) {
            onehot = chosen;
            return this;
        }

        public Builder normaliseOnehot(boolean chosen) {
            normaliseOnehot = Optional.of(chosen);
            return this;
        }

        public Builder steps(int chosen) {
            steps = Optional.of(chosen);
            return this;
        }

        public Builder lrpEpsilon(double chosen) {
            lrpEpsilon = Optional.of(chosen);
            return this;
        }

        public ExplainOptions build() {
            return new ExplainOptions(
                    output,
                    at,
                    target,
                    layers,
                    references,
                    method,
                    rule,
                    rules,
                    maxRule,
                    softmax,
                    softmaxRule,
                    normRule,
                    like,
                    onehot,
                    normaliseOnehot,
                    steps,
                    lrpEpsilon);
        }
    }
}
