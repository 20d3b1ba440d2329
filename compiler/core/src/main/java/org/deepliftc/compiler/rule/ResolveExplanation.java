package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.NormRule;
import org.deepliftc.compiler.explain.Point;
import org.deepliftc.compiler.explain.SoftmaxRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Makes every choice that the options leave to defaults, and checks all of them against the model. */
public final class ResolveExplanation {
    private final Model model;
    private final ExplainOptions options;

    private ResolveExplanation(Model model, ExplainOptions options) {
        this.model = model;
        this.options = options;
    }

    /**
     * Resolves an explanation.
     *
     * @param options what was asked for, the model's own section already merged in
     * @param references the reference of each input where all are known when compiling
     * @throws DiagnosticException where the options do not fit the model
     */
    public static Explanation of(
            Model model, ExplainOptions options, Optional<List<ConstantData>> references, boolean hypothetical) {
        return new ResolveExplanation(model, options).resolve(references, hypothetical);
    }

    private Explanation resolve(Optional<List<ConstantData>> references, boolean hypothetical) {
        Method method = options.method().orElse(Method.DEEPLIFT);
        requireRules();
        requireLike(method);
        Node output = output();
        Point at = options.at().orElse(new Point.PreActivation());
        Node point = point(at, output);
        requireExplainable(point);
        OptionalInt squashed =
                point != output && output.inputs().contains(point) ? squashedAxis(output) : OptionalInt.empty();
        OptionalInt normalised = options.softmax().orElse(SoftmaxTarget.NORMALISED) == SoftmaxTarget.NORMALISED
                ? squashed
                : OptionalInt.empty();
        if (hypothetical && model.inputs().stream().noneMatch(i -> i.onehot().isPresent())) {
            throw error(
                    "EXPLAIN009",
                    "hypothetical contributions need a one-hot input, and '" + model.name() + "' has none",
                    "declare the input onehot(axis = ...) or pass --onehot AXIS");
        }
        return new Explanation(
                model,
                point,
                normalised,
                ResolveTarget.of(options.target().orElse(Target.FIRST), point, normalised),
                layers(method, point),
                references,
                method,
                rules(method),
                options.steps().orElse(ExplainOptions.STEPS),
                hypothetical);
    }

    private RuleSet rules(Method method) {
        return switch (method) {
            case DEEPLIFT -> {
                DeepLiftRules own = new DeepLiftRules(
                        options.maxRule().orElse(MaxRule.CROSS),
                        new NonlinearityRules(options.rule().orElse(NonlinearityRule.RESCALE), options.rules()),
                        options.softmaxRule().orElse(SoftmaxRule.GUARDED),
                        options.normRule().orElse(NormRule.GUARDED));
                yield options.like().isPresent() ? new ToolRules(options.like().get(), own) : own;
            }
            case GRADIENT, GRADIENT_X_INPUT, INTEGRATED_GRADIENTS -> new DeepLiftRules(MaxRule.GRADIENT);
            case GUIDED_BACKPROP -> new GuidedRules(true);
            case DECONVNET -> new GuidedRules(false);
            case LRP -> new LrpRules(options.lrpEpsilon().orElse(ExplainOptions.LRP_EPSILON));
        };
    }

    /** Other tools' definitions are definitions of DeepLIFT. */
    private void requireLike(Method method) {
        if (options.like().isPresent() && method != Method.DEEPLIFT) {
            throw error(
                    "EXPLAIN011",
                    "the definitions of " + options.like().get().title() + " are those of deeplift, but the method is "
                            + method.spelling(),
                    "leave out --like or --method");
        }
    }

    /** The nodes between inputs and point that contributions are wanted of. */
    private List<Node> layers(Method method, Node point) {
        if (!options.layers().isEmpty() && method == Method.INTEGRATED_GRADIENTS) {
            throw error(
                    "EXPLAIN012",
                    "integrated gradients follow a path of the inputs, along which '"
                            + options.layers().get(0) + "' has no multiplier of its own",
                    "choose --method deeplift for contributions of inner nodes");
        }
        List<Node> layers = new ArrayList<>();
        for (String name : options.layers()) {
            Node layer = named(name);
            if (layer.op() instanceof Op.Input || layer.type() == ElementType.INDEX || layers.contains(layer)) {
                throw error(
                        "EXPLAIN012",
                        "contributions of '" + name + "' cannot be asked for: it is an input, an index or named twice",
                        "name nodes between the inputs and '" + point.name() + "', each once");
            }
            layers.add(layer);
        }
        return layers;
    }

    private void requireRules() {
        Set<String> known = new HashSet<>();
        for (Node node : model.graph().nodes()) {
            if (node.op() instanceof Op.Elementwise) {
                known.add(node.name());
                known.add(((Op.Elementwise) node.op()).activation().name());
            }
        }
        for (Activation.Kind kind : Activation.Kind.values()) {
            known.add(kind.spelling());
        }
        for (String name : options.rules().keySet()) {
            if (!known.contains(name)) {
                throw error(
                        "EXPLAIN002",
                        "a rule is chosen for '" + name + "', which is neither a nonlinearity of '" + model.name()
                                + "' nor a kind of them",
                        Suggestions.hint(name, known).orElse("name a nonlinearity's node or kind, such as relu"));
            }
        }
    }

    private Node output() {
        Map<String, Node> outputs = model.graph().outputs();
        if (options.output().isEmpty()) {
            return outputs.values().iterator().next();
        }
        String wanted = options.output().get();
        Node node = outputs.get(wanted);
        if (node == null) {
            throw error(
                    "EXPLAIN004",
                    "'" + wanted + "' is no output of '" + model.name() + "'",
                    Suggestions.hint(wanted, outputs.keySet()).orElse("its outputs are " + outputs.keySet()));
        }
        return node;
    }

    private Node point(Point at, Node output) {
        if (at instanceof Point.Output) {
            return output;
        }
        if (at instanceof Point.PreActivation) {
            return isFinalActivation(output) ? output.input(0) : output;
        }
        return named(((Point.Named) at).node());
    }

    private Node named(String wanted) {
        return model.graph().nodes().stream()
                .filter(n -> n.name().equals(wanted) && !n.isConstant())
                .findFirst()
                .or(() -> Optional.ofNullable(model.graph().outputs().get(wanted)))
                .or(() -> Optional.ofNullable(model.aliases().get(wanted))
                        .filter(model.graph().nodes()::contains))
                .orElseThrow(() -> error(
                        "EXPLAIN005",
                        "there is no node '" + wanted + "' in '" + model.name() + "' to explain",
                        Suggestions.hint(wanted, nodeNames()).orElse("see 'deepliftc rules' for its nodes")));
    }

    private List<String> nodeNames() {
        return model.graph().nodes().stream()
                .filter(n -> !n.isConstant())
                .map(Node::name)
                .collect(Collectors.toList());
    }

    /** The axis of a softmax or its logarithm. */
    private static OptionalInt squashedAxis(Node output) {
        if (output.op() instanceof Op.Softmax) {
            return OptionalInt.of(((Op.Softmax) output.op()).axis());
        }
        return output.op() instanceof Op.LogSoftmax
                ? OptionalInt.of(((Op.LogSoftmax) output.op()).axis())
                : OptionalInt.empty();
    }

    /** A sigmoid, softmax or its logarithm at the output squashes what is to be told apart (paper 2.4, 2.5). */
    private static boolean isFinalActivation(Node output) {
        return squashedAxis(output).isPresent()
                || output.op() instanceof Op.Elementwise
                        && ((Op.Elementwise) output.op()).activation().equals(Activation.of(Activation.Kind.SIGMOID));
    }

    private static void requireExplainable(Node point) {
        if (point.isConstant() || point.type() == ElementType.INDEX) {
            throw new DiagnosticException(
                    Diagnostic.error("EXPLAIN006", point.span(), "'" + point.name() + "' does not depend on the input")
                            .withHint("explain a node that the input reaches"));
        }
    }

    static DiagnosticException error(String id, String message, String hint) {
        return new DiagnosticException(
                Diagnostic.error(id, SourceSpan.NONE, message).withHint(hint));
    }
}
