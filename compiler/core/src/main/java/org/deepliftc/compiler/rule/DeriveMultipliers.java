package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ResultNames;
import org.deepliftc.compiler.graph.Shape;

/**
 * Derives the joint graph of an explanation: a source-to-source transformation, as automatic differentiation is. The
 * forward graph is copied onto the example and onto the reference; multipliers walk it backwards from the target, each
 * operator handing them on by its rule, and what reaches a node from several users adds up (the chain rule, paper
 * eq. 3).
 */
public final class DeriveMultipliers {
    private final Explanation explanation;
    private final Model model;
    private final Node point;
    private final GraphBuilder builder = new GraphBuilder();
    private final Activations actual;
    private final Activations reference;
    private final Map<Node, List<Multiplier>> arriving = new HashMap<>();
    private final Set<Node> dependent = new HashSet<>();
    private final Map<Integer, Node> referenceLeaves = new HashMap<>();
    private final Map<String, String> notes = new TreeMap<>();
    private final List<Handover> handovers = new ArrayList<>();
    private final Optional<Activations> path;
    private final Map<Op.Input, Node> pathLeaves = new HashMap<>();
    private final RuleContext context;
    private Node fraction;

    private DeriveMultipliers(Explanation explanation) {
        this.explanation = explanation;
        this.model = explanation.model();
        this.point = Neuron.point(explanation);
        Map<Node, Node> shared = new HashMap<>();
        Map<Op.Input, Node> given = new HashMap<>();
        this.actual = new Activations(
                builder,
                "",
                op -> given.computeIfAbsent(
                        op, o -> builder.add(o, model.inputs().get(o.index()).name())),
                shared);
        this.reference = explanation.usesReference()
                ? new Activations(builder, ".reference", this::referenceLeaf, shared)
                : actual;
        this.path = explanation.method() == Method.INTEGRATED_GRADIENTS
                ? Optional.of(new Activations(builder, ".point", this::pathLeaf, shared))
                : Optional.empty();
        this.context =
                new RuleContext(builder, path.orElse(actual), path.orElse(reference), explanation.usesReference());
    }

    /** A point of the straight path: r + t (x - r), t in the middle of the step. */
    private Node pathLeaf(Op.Input op) {
        return pathLeaves.computeIfAbsent(op, o -> {
            String name = model.inputs().get(o.index()).name() + ".point";
            Node r = referenceLeaf(o);
            Node x = actual.leaf(o);
            return context.plus(r, context.multiply(context.subtract(x, r, name), fraction(), name), name);
        });
    }

    private Node fraction() {
        int steps = explanation.steps();
        if (fraction == null && steps == 1) {
            fraction = builder.constant(0.5);
        } else if (fraction == null) {
            double[] middles = new double[steps];
            for (int k = 0; k < steps; k++) {
                middles[k] = (k + 0.5) / steps;
            }
            Node all = builder.constant(ConstantData.real(Shape.of(steps), middles), "path");
            Node step = builder.add(new Op.Input(Op.Role.STEP, steps, Shape.SCALAR, ElementType.INDEX), "point");
            fraction = builder.add(new Op.Pick(), "path.fraction", all, step);
        }
        return fraction;
    }

    private Node referenceLeaf(Op.Input op) {
        return referenceLeaves.computeIfAbsent(op.index(), k -> {
            String name = model.inputs().get(k).name() + ".reference";
            return explanation.references().isPresent()
                    ? builder.constant(explanation.references().get().get(k), name)
                    : builder.add(new Op.Input(Op.Role.REFERENCE, k, op.shape(), ElementType.REAL), name);
        });
    }

    /**
     * Derives the joint graph.
     *
     * @throws org.deepliftc.compiler.diagnostic.DiagnosticException where an operator on the way has no rule
     */
    public static JointGraph run(Explanation explanation) {
        return new DeriveMultipliers(explanation).derive();
    }

    /**
     * Derives the joint graph of DeepLIFT with what every node of the model carries and hands back.
     *
     * @throws IllegalArgumentException where the method is another: only DeepLIFT distributes the difference of a node
     * @throws org.deepliftc.compiler.diagnostic.DiagnosticException where an operator on the way has no rule
     */
    public static AuditGraph audited(Explanation explanation) {
        if (explanation.method() != Method.DEEPLIFT) {
            throw new IllegalArgumentException(explanation.method().spelling() + " cannot be audited node by node");
        }
        DeriveMultipliers derivation = new DeriveMultipliers(explanation);
        JointGraph joint = derivation.derive();
        return AuditGraph.of(joint, derivation.handovers, derivation.context);
    }

    private JointGraph derive() {
        Graph needed = Graph.of(model.name(), Map.of("point", point));
        actual.prepare(needed);
        reference.prepare(needed);
        path.ifPresent(p -> p.prepare(needed));
        for (Node node : needed.nodes()) {
            if (node.op() instanceof Op.Input || node.inputs().stream().anyMatch(dependent::contains)) {
                dependent.add(node);
            }
        }
        DifferenceParts.of(needed, dependent, explanation.rules(), context);
        Neuron neuron = Neuron.of(explanation, point, context, actual);
        if (explanation.usesReference()) {
            context.explain(() -> context.subtract(
                    neuron.value(actual.of(point), "output", context),
                    neuron.value(reference.of(point), "reference_output", context),
                    "target.change"));
        }
        walkBack(needed, neuron);
        return new JointGraph(explanation, Graph.of(model.name(), results(neuron)), notes);
    }

    /** The multipliers of the point: the neuron's weights, times its value where relevance travels. */
    private Node seed(Neuron neuron) {
        return explanation.method() == Method.LRP
                ? context.multiply(
                        neuron.weights(), actual.of(point), neuron.weights().name())
                : neuron.weights();
    }

    private void walkBack(Graph needed, Neuron neuron) {
        arriving.put(point, List.of(Multiplier.of(seed(neuron))));
        List<Node> nodes = needed.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (arriving.containsKey(node) && !node.inputs().isEmpty() && dependsOnInput(node)) {
                handBack(node, total(node));
            }
        }
    }

    /** A value that is the same on example and reference whatever they are takes and hands back nothing. */
    private boolean dependsOnInput(Node node) {
        return dependent.contains(node);
    }

    private Multiplier total(Node node) {
        List<Multiplier> all = arriving.get(node);
        Multiplier total = all.get(0);
        for (Multiplier next : all.subList(1, all.size())) {
            total = total.combine(
                    next, (a, b) -> builder.add(new Op.Binary(Op.BinaryKind.ADD), node.name() + ".multiplier", a, b));
        }
        return total;
    }

    private void handBack(Node node, Multiplier upstream) {
        Rule rule = explanation.rules().ruleFor(node);
        List<Multiplier> handed = rule.apply(node, upstream, context);
        handovers.add(new Handover(node, rule, upstream, handed));
        for (int i = 0; i < handed.size(); i++) {
            Node input = node.input(i);
            if (!handed.get(i).positive().shape().equals(input.shape())) {
                throw new IllegalStateException("rule " + rule.name() + " of " + node + " hands "
                        + handed.get(i).positive().shape() + " to " + input);
            }
            if (dependsOnInput(input)) {
                notes.merge(
                        RuleContext.multiplierName(node, i),
                        "through " + node.name() + ", " + rule.name() + ": " + rule.equation(),
                        (a, b) -> a.equals(b) ? a : a + "; " + b);
                arriving.computeIfAbsent(input, n -> new ArrayList<>()).add(handed.get(i));
            }
        }
    }

    private Map<String, Node> results(Neuron neuron) {
        Map<String, Node> results = new LinkedHashMap<>();
        List<Node> contributions = new ArrayList<>();
        for (int k = 0; k < model.inputs().size(); k++) {
            contributions.add(inputResults(k, results));
        }
        for (int k = 0; k < explanation.layers().size(); k++) {
            results.put(
                    ResultNames.LAYERS + k,
                    layerContributions(explanation.layers().get(k)));
        }
        Node output = neuron.value(actual.of(point), "output", context);
        results.put(ResultNames.OUTPUT, output);
        if (explanation.usesReference()) {
            Node referenceOutput = mean(neuron.value(reference.of(point), "reference_output", context));
            results.put(ResultNames.REFERENCE_OUTPUT, referenceOutput);
            Node change = context.subtract(output, referenceOutput, "convergence_delta");
            Node sum = builder.sum(
                    contributions.stream()
                            .map(value -> context.sumOfAll(value, "convergence_delta"))
                            .toList(),
                    "convergence_delta");
            results.put(ResultNames.CONVERGENCE_DELTA, context.subtract(sum, change, "convergence_delta"));
        }
        return results;
    }

    /** Adds what one input gets; returns its contributions. */
    private Node inputResults(int k, Map<String, Node> results) {
        Model.InputDeclaration input = model.inputs().get(k);
        Node leaf = model.graph().nodes().stream()
                .filter(n -> n.op() instanceof Op.Input && ((Op.Input) n.op()).index() == k)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("input " + input.name() + " has no leaf"));
        Node multiplier = arriving.containsKey(leaf)
                ? single(leaf, total(leaf))
                : builder.constant(
                        ConstantData.real(
                                input.shape(), new double[input.shape().size()]),
                        input.name());
        String name = input.name() + ".contributions";
        Node contributions = mean(
                switch (explanation.method()) {
                    case GRADIENT, GUIDED_BACKPROP, DECONVNET, LRP -> multiplier;
                    case GRADIENT_X_INPUT -> context.multiply(multiplier, actual.of(leaf), name);
                    case DEEPLIFT, INTEGRATED_GRADIENTS -> context.multiply(multiplier, delta(leaf), name);
                });
        results.put(ResultNames.CONTRIBUTIONS + k, contributions);
        if (explanation.method().hasMultipliers()) {
            results.put(ResultNames.MULTIPLIERS + k, mean(multiplier));
        }
        if (explanation.hypothetical()) {
            results.put(
                    ResultNames.HYPOTHETICAL + k,
                    input.onehot().isPresent() ? mean(hypothetical(leaf, multiplier, input)) : contributions);
        }
        return contributions;
    }

    /** What an inner node contributes: all that is handed to it, times its difference. */
    private Node layerContributions(Node layer) {
        String name = layer.name() + ".contributions";
        if (!arriving.containsKey(layer)) {
            return builder.constant(
                    ConstantData.real(layer.shape(), new double[layer.shape().size()]), name);
        }
        Multiplier multiplier = total(layer);
        return mean(
                switch (explanation.method()) {
                    case GRADIENT, GUIDED_BACKPROP, DECONVNET, LRP -> multiplier.positive();
                    case GRADIENT_X_INPUT -> context.multiply(multiplier.positive(), actual.of(layer), name);
                    case DEEPLIFT -> context.carried(layer, multiplier, name);
                    case INTEGRATED_GRADIENTS ->
                        throw new IllegalStateException("no multipliers of " + layer + " along a path");
                });
    }

    /** An input's difference lies in one part, which has its multiplier; their mean belongs to no difference at all. */
    private Node single(Node leaf, Multiplier multiplier) {
        return multiplier.isSingle()
                ? multiplier.positive()
                : context.bySign(leaf, multiplier.positive(), multiplier.negative(), leaf.name() + ".multiplier");
    }

    /** The contribution each base would have were it the one present: m_b - sum_k m_k r_k. */
    private Node hypothetical(Node leaf, Node multiplier, Model.InputDeclaration input) {
        String name = input.name() + ".hypothetical";
        if (!explanation.usesReference()) {
            return multiplier;
        }
        Node onReference = builder.add(
                new Op.Reduce(Op.ReduceKind.SUM, List.of(input.onehot().getAsInt()), true),
                name,
                context.multiply(multiplier, reference.of(leaf), name));
        return context.subtract(multiplier, onReference, name);
    }

    private Node delta(Node leaf) {
        return context.subtract(actual.of(leaf), reference.of(leaf), leaf.name() + ".delta");
    }

    /** The mean over references given at run time and over the points of a path. */
    private Node mean(Node value) {
        List<Axis> axes = new ArrayList<>();
        if (explanation.usesReference() && explanation.references().isEmpty()) {
            axes.add(Axis.REFERENCE);
        }
        if (path.isPresent() && explanation.steps() > 1) {
            axes.add(Axis.STEP);
        }
        return axes.isEmpty() ? value : builder.add(new Op.MeanOver(axes), value.name(), value);
    }
}
