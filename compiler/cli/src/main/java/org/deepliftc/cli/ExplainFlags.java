package org.deepliftc.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.graph.Model;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags that define an explanation, the same for every verb. A flag beats the model's {@code explain} section. */
final class ExplainFlags {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--reference",
            paramLabel = "R",
            description = {
                "zeros (default), FILE or NAME=FILE (one row for all examples, a row each, or several with a further"
                        + " axis), mean:FILE, background:FILE, shuffle:N (dinucleotide shuffles). Repeatable."
            })
    private List<String> references = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the shuffles (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--target",
            paramLabel = "T",
            converter = FlagValues.TargetValue.class,
            description = {
                "The neuron explained: a flat index (default 0), '[i,j]' by axis, 0,3 for several, max, or an expression:"
                        + " '1 - 0', '0.5*[0,1] + 2*7', sum, mean, profile (neurons less their mean, weighted by"
                        + " their softmax on the example), profile-with-softmax."
            })
    private Optional<Target> target = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "A",
            converter = FlagValues.PointValue.class,
            description =
                    "Where it lies: pre-activation (default; skips a final sigmoid or softmax), output, or a node.")
    private Optional<Point> at = Optional.empty();

    @Option(
            names = "--layer",
            paramLabel = "NODE",
            description = "Contributions of this inner node, too, as contributions.NODE in .npz. Repeatable.")
    private List<String> layers = new ArrayList<>();

    @Option(names = "--output", paramLabel = "NAME", description = "Which output of the model (default the first).")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--method",
            paramLabel = "M",
            description = "deeplift (default), gradient, gradient-x-input, guided-backprop, deconvnet, lrp,"
                    + " integrated-gradients. explain and bench take several, separated by commas.")
    private Optional<String> method = Optional.empty();

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description =
                    "rescale (default), reveal-cancel or genomics everywhere, or NODE=RULE, KIND=RULE. Repeatable.")
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--max-rule",
            paramLabel = "RULE",
            converter = FlagValues.MaxRuleValue.class,
            description = "Rule of maxima: cross (default), winner, segments, gradient.")
    private Optional<MaxRule> maxRule = Optional.empty();

    @Option(
            names = "--softmax",
            paramLabel = "HOW",
            converter = FlagValues.SoftmaxValue.class,
            description = "The pre-activation of a softmax: normalised (default) or plain.")
    private Optional<SoftmaxTarget> softmax = Optional.empty();

    @Option(
            names = "--softmax-rule",
            paramLabel = "RULE",
            converter = FlagValues.SoftmaxRuleValue.class,
            description = "Rule of a softmax inside the network: guarded (default: decomposed while that is"
                    + " well-conditioned), decomposed, shift-free, logarithmic-mean.")
    private Optional<SoftmaxRule> softmaxRule = Optional.empty();

    @Option(
            names = "--norm-rule",
            paramLabel = "RULE",
            converter = FlagValues.NormRuleValue.class,
            description =
                    "Rule of a division by a norm inside the network, as in layer norm: guarded (default: decomposed"
                            + " while that is well-conditioned), decomposed, path.")
    private Optional<NormRule> normRule = Optional.empty();

    @Option(
            names = "--like",
            paramLabel = "TOOL",
            converter = FlagValues.ToolValue.class,
            description = "Follow the definitions of captum, shap or deeplift; other flags beat them.")
    private Optional<Tool> like = Optional.empty();

    @Option(
            names = "--onehot",
            paramLabel = "AXIS",
            description = "The one-hot axis of the inputs, the batch axis being 0; AXIS or NAME=AXIS. Repeatable.")
    private List<String> onehot = new ArrayList<>();

    @Option(
            names = "--onehot-normalise",
            paramLabel = "on|off",
            converter = FlagValues.SwitchValue.class,
            description = "Whether weights that read a one-hot input are mean-normalised (default on).")
    private Optional<FlagValues.Switch> normaliseOnehot = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Points of integrated gradients (default 64).")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--lrp-epsilon", paramLabel = "E", description = "The epsilon of lrp (default 1e-6).")
    private Optional<Double> lrpEpsilon = Optional.empty();

    @Option(names = "--hypothetical", description = "Hypothetical contributions of one-hot inputs, too.")
    private boolean hypothetical;

    /** The seed of everything random. */
    long seed() {
        return seed;
    }

    boolean hypothetical() {
        return hypothetical;
    }

    /** Whether a reference was given by flag. */
    boolean hasReferences() {
        return !references.isEmpty();
    }

    /** What to compile of {@code model} as these flags and its own section say; wrong values are wrong usage. */
    CompileOptions compileOptions(Model model) {
        return compileOptions(model, method.map(this::method));
    }

    /** As {@link #compileOptions(Model)}, but with a method of the caller's choice. */
    CompileOptions compileOptions(Model model, Optional<Method> chosen) {
        return CompileOptions.DEFAULT
                .withExplain(options(model, chosen).over(model.explain()))
                .withHypothetical(hypothetical);
    }

    /** What these flags and the model say without {@code --like}, at the point and the target of {@code resolved}. */
    ExplainOptions ownBeside(Model model, ExplainOptions resolved) {
        ExplainOptions own = options(model, method.map(this::method));
        ExplainOptions.Builder builder = own.orElse(model.explain()).toBuilder().withoutLike();
        resolved.at().ifPresent(builder::at);
        resolved.softmax().ifPresent(builder::softmax);
        return builder.build();
    }

    /** The methods named, separated by commas, as the user wrote them. */
    Optional<String> methodText() {
        return method;
    }

    /** The methods named, in that order. */
    List<Method> methods() {
        return method.map(text -> Arrays.stream(text.split(",", -1))
                        .map(this::method)
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    /** The method of that name. */
    Method method(String text) {
        try {
            return Spelled.parse(Method.class, "method", text);
        } catch (IllegalArgumentException e) {
            throw usage("--method: " + e.getMessage());
        }
    }

    private ExplainOptions options(Model model, Optional<Method> chosen) {
        checkMethodFlags(chosen.or(() -> model.explain().method()).orElse(Method.DEEPLIFT));
        Optional<NonlinearityRule> everywhere = Optional.empty();
        Map<String, NonlinearityRule> single = new LinkedHashMap<>();
        for (String text : rules) {
            int equals = text.lastIndexOf('=');
            NonlinearityRule rule = rule(text.substring(equals + 1));
            if (equals < 0) {
                everywhere = Optional.of(rule);
            } else {
                single.put(text.substring(0, equals), rule);
            }
        }
        ExplainOptions.Builder options = ExplainOptions.builder()
                .layers(layers)
                .references(references(model))
                .rules(single)
                .onehot(onehot(model));
        output.ifPresent(options::output);
        at.ifPresent(options::at);
        target.ifPresent(options::target);
        chosen.ifPresent(options::method);
        everywhere.ifPresent(options::rule);
        maxRule.ifPresent(options::maxRule);
        softmax.ifPresent(options::softmax);
        softmaxRule.ifPresent(options::softmaxRule);
        normRule.ifPresent(options::normRule);
        like.ifPresent(options::like);
        normaliseOnehot.ifPresent(choice -> options.normaliseOnehot(choice == FlagValues.Switch.ON));
        steps.ifPresent(options::steps);
        lrpEpsilon.ifPresent(options::lrpEpsilon);
        return options.build();
    }

    private Map<String, Reference> references(Model model) {
        List<String> names =
                model.inputs().stream().map(Model.InputDeclaration::name).toList();
        Map<String, Reference> found = new LinkedHashMap<>();
        for (String text : references) {
            NamedValue named = NamedValue.split(text, names);
            if (named.value().isEmpty() || named.value().endsWith(":")) {
                throw usage("--reference '" + text + "' names no file");
            }
            try {
                Reference parsed = Reference.parse(named.value());
                if (found.put(named.name().orElse("*"), parsed) != null) {
                    throw usage("--reference is given twice for "
                            + named.name().map(name -> "input '" + name + "'").orElse("all inputs"));
                }
            } catch (IllegalArgumentException e) {
                throw usage("--reference " + text + ": " + e.getMessage());
            }
        }
        return found;
    }

    private Map<String, Integer> onehot(Model model) {
        List<String> names =
                model.inputs().stream().map(Model.InputDeclaration::name).toList();
        Map<String, Integer> axes = new LinkedHashMap<>();
        for (String text : onehot) {
            NamedValue named = NamedValue.split(text, names);
            int axis;
            try {
                axis = Integer.parseInt(named.value().trim());
            } catch (NumberFormatException e) {
                throw usage("--onehot '" + text + "' is neither AXIS nor NAME=AXIS of an input of the model ("
                        + String.join(", ", names) + ")");
            }
            if (axis < 1) {
                throw usage("--onehot " + text + ": axis 0 is the batch, so the first axis of an example is 1");
            }
            for (Model.InputDeclaration input : model.inputs()) {
                if (named.name().orElse(input.name()).equals(input.name())
                        && axis > input.shape().rank()) {
                    throw new UserError("--onehot " + text + ": input '" + input.name() + "' is [examples, "
                            + input.shape().toString().substring(1) + ", so its axes are 1 to "
                            + input.shape().rank());
                }
            }
            axes.put(named.name().orElse("*"), axis - 1);
        }
        return axes;
    }

    private NonlinearityRule rule(String text) {
        try {
            return Spelled.parse(NonlinearityRule.class, "rule", text);
        } catch (IllegalArgumentException e) {
            throw usage("--rule: " + e.getMessage());
        }
    }

    private void checkMethodFlags(Method chosen) {
        if (steps.isPresent() && !isAmong(Method.INTEGRATED_GRADIENTS, chosen)) {
            throw usage("--steps belongs to --method integrated-gradients, but the method is " + chosen.spelling());
        }
        if (steps.isPresent() && steps.get() < 1) {
            throw usage("--steps must be at least 1, not " + steps.get());
        }
        if (lrpEpsilon.isPresent() && !isAmong(Method.LRP, chosen)) {
            throw usage("--lrp-epsilon belongs to --method lrp, but the method is " + chosen.spelling());
        }
        if (lrpEpsilon.isPresent() && !(lrpEpsilon.get() >= 0 && lrpEpsilon.get() < Double.POSITIVE_INFINITY)) {
            throw usage("--lrp-epsilon must be a number of at least 0, not " + lrpEpsilon.get());
        }
    }

    /** Whether a flag of {@code method} has a use: it is the one chosen, or one of several that are compared. */
    private boolean isAmong(Method method, Method chosen) {
        return method == chosen
                || this.method
                        .filter(text -> List.of(text.split(",", -1)).contains(method.spelling()))
                        .isPresent();
    }

    /** Wrong usage of the verb these flags stand in. */
    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
