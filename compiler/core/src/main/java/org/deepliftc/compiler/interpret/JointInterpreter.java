package org.deepliftc.compiler.interpret;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Evaluates a joint graph for one example with several references and targets. What depends on an axis is evaluated once
 * for each of its members; {@link Op.MeanOver} takes the mean of them in order and takes the axis off.
 */
public final class JointInterpreter {
    private final Map<Op.Input, double[]> example;
    private final List<Map<Op.Input, double[]>> references;
    private final List<Map<Op.Input, double[]>> targets;
    private final Map<Node, Set<Axis>> axes = new HashMap<>();
    /** By node: one value for each reference and target, or just one along an axis it does not depend on. */
    private final Map<Node, double[][][]> values = new HashMap<>();

    /**
     * Evaluates all of {@code graph}.
     *
     * @param example values of the leaves of role ACTUAL
     * @param references values of the leaves of role REFERENCE, for each reference; at least one, empty where unused
     * @param targets values of the leaves of role TARGET, for each target; at least one, empty where unused
     */
    public JointInterpreter(
            Graph graph,
            Map<Op.Input, double[]> example,
            List<Map<Op.Input, double[]>> references,
            List<Map<Op.Input, double[]>> targets) {
        if (references.isEmpty() || targets.isEmpty()) {
            throw new IllegalArgumentException("at least one reference and one target are needed");
        }
        this.example = Interpreter.checked(example);
        this.references = references.stream().map(Interpreter::checked).toList();
        this.targets = targets.stream().map(Interpreter::checked).toList();
        for (Node node : graph.nodes()) {
            axes.put(node, axesOf(node));
            values.put(node, evaluated(node));
        }
    }

    /** The axes of the explanation that the value of {@code node} depends on. */
    public Set<Axis> axes(Node node) {
        return Set.copyOf(axes.get(node));
    }

    /** The value of {@code node} for one reference and one target; the caller must not change it. */
    public double[] value(Node node, int reference, int target) {
        double[][][] all = values.get(node);
        double[][] ofReference = all[all.length == 1 ? 0 : reference];
        return ofReference[ofReference.length == 1 ? 0 : target];
    }

    private Set<Axis> axesOf(Node node) {
        Set<Axis> found = EnumSet.noneOf(Axis.class);
        node.inputs().forEach(input -> found.addAll(axes.get(input)));
        if (node.op() instanceof Op.Input input) {
            found.add(
                    switch (input.role()) {
                        case ACTUAL -> Axis.EXAMPLE;
                        case REFERENCE -> Axis.REFERENCE;
                        case TARGET -> Axis.TARGET;
                        case CARRIED, SCANNED -> throw new IllegalStateException(node + " belongs to a recurrence");
                    });
        } else if (node.op() instanceof Op.MeanOver mean) {
            found.remove(mean.axis());
        }
        return found;
    }

    private double[][][] evaluated(Node node) {
        int ofReferences = axes.get(node).contains(Axis.REFERENCE) ? references.size() : 1;
        int ofTargets = axes.get(node).contains(Axis.TARGET) ? targets.size() : 1;
        double[][][] all = new double[ofReferences][ofTargets][];
        for (int r = 0; r < ofReferences; r++) {
            for (int t = 0; t < ofTargets; t++) {
                all[r][t] = node.op() instanceof Op.MeanOver mean ? mean(mean, node, r, t) : evaluated(node, r, t);
            }
        }
        return all;
    }

    private double[] evaluated(Node node, int r, int t) {
        List<double[]> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(value(input, r, t)));
        Map<Op.Input, double[]> leaves = new HashMap<>(example);
        if (node.op() instanceof Op.Input) {
            leaves.putAll(references.get(r));
            leaves.putAll(targets.get(t));
        }
        return Interpreter.evaluated(node, inputs, leaves);
    }

    private double[] mean(Op.MeanOver mean, Node node, int r, int t) {
        Node of = node.input(0);
        boolean depends = axes.get(of).contains(mean.axis());
        boolean overReferences = depends && mean.axis() == Axis.REFERENCE;
        boolean overTargets = depends && mean.axis() == Axis.TARGET;
        int count = overReferences ? references.size() : overTargets ? targets.size() : 1;
        double[] total = new double[node.shape().size()];
        for (int i = 0; i < count; i++) {
            double[] each = value(of, overReferences ? i : r, overTargets ? i : t);
            for (int k = 0; k < total.length; k++) {
                total[k] += each[k];
            }
        }
        for (int k = 0; k < total.length; k++) {
            total[k] /= count;
        }
        return total;
    }
}
