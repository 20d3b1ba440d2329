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
import org.deepliftc.compiler.diagnostic.Suggestions;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.Point;
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
        Node output = output();
        Point at = options.at().orElse(new Point.PreActivation());
        Node point = point(at, output);
        requireExplainable(point);
        boolean softmax = point != output && output.op() instanceof Op.Softmax && output.input(0) == point;
        OptionalInt normalised =
                softmax && options.softmax().orElse(SoftmaxTarget.NORMALISED) == SoftmaxTarget.NORMALISED
                        ? OptionalInt.of(((Op.Softmax) output.op()).axis())
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
                target(options.target().orElse(Target.FIRST), point),
                references,
                method,
                rules(method),
                options.steps().orElse(ExplainOptions.STEPS),
                hypothetical);
    }

    private RuleSet rules(Method method) {
        return switch (method) {
            case DEEPLIFT ->
                new DeepLiftRules(
                        options.maxRule().orElse(MaxRule.CROSS),
                        new NonlinearityRules(options.rule().orElse(NonlinearityRule.RESCALE), options.rules()));
            case GRADIENT, GRADIENT_X_INPUT, INTEGRATED_GRADIENTS -> new DeepLiftRules(MaxRule.GRADIENT);
            case GUIDED_BACKPROP -> new GuidedRules(true);
            case DECONVNET -> new GuidedRules(false);
            case LRP -> new LrpRules(options.lrpEpsilon().orElse(ExplainOptions.LRP_EPSILON));
        };
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
        String wanted = ((Point.Named) at).node();
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

    /** A sigmoid or softmax at the output squashes what is to be told apart (paper 2.4, 2.5). */
    private static boolean isFinalActivation(Node output) {
        return output.op() instanceof Op.Softmax
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

    private Explanation.TargetChoice target(Target target, Node point) {
        if (target instanceof Target.Any) {
            return new Explanation.Given();
        }
        if (target instanceof Target.Max) {
            return new Explanation.Largest();
        }
        if (target instanceof Target.ByAxis) {
            return new Explanation.Fixed(List.of(flat(((Target.ByAxis) target).position(), point)));
        }
        List<Integer> indices = ((Target.Flat) target).indices();
        for (int index : indices) {
            if (index >= point.shape().size()) {
                throw error(
                        "EXPLAIN007",
                        "target " + index + " is outside '" + point.name() + "' " + point.shape() + ", which has "
                                + point.shape().size() + " neurons",
                        "choose a target from 0 to " + (point.shape().size() - 1));
            }
        }
        return new Explanation.Fixed(indices);
    }

    private static int flat(List<Integer> position, Node point) {
        if (position.size() != point.shape().rank()) {
            throw error(
                    "EXPLAIN008",
                    "target " + position + " has " + position.size() + " indices, but '" + point.name() + "' is "
                            + point.shape(),
                    "give one index for each axis, without the batch axis");
        }
        int[] strides = point.shape().strides();
        int flat = 0;
        List<String> outside = new ArrayList<>();
        for (int axis = 0; axis < strides.length; axis++) {
            if (position.get(axis) >= point.shape().dim(axis)) {
                outside.add(position.get(axis) + " at axis " + axis);
            }
            flat += position.get(axis) * strides[axis];
        }
        if (!outside.isEmpty()) {
            throw error(
                    "EXPLAIN007",
                    "target " + position + " is outside '" + point.name() + "' " + point.shape() + ": "
                            + String.join(", ", outside),
                    "indices count from 0");
        }
        return flat;
    }

    private static DiagnosticException error(String id, String message, String hint) {
        return new DiagnosticException(Diagnostic.error(id, org.deepliftc.compiler.diagnostic.SourceSpan.NONE, message)
                .withHint(hint));
    }
}
