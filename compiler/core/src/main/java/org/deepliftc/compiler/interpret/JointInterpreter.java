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
 * Evaluates a joint graph for one example with several references and targets, and points on a path where there is one. What depends on an axis is evaluated once
 * for each of its members; {@link Op.MeanOver} takes the mean of them in order and takes the axis off.
 */
public final class JointInterpreter {
    private final Map<Op.Input, double[]> example;
    private final List<Map<Op.Input, double[]>> references;
    private final List<Map<Op.Input, double[]>> targets;
    private final Map<Node, Set<Axis>> axes = new HashMap<>();
    /** By node: one value for each reference, target and point, or just one along an axis it does not depend on. */
    private final Map<Node, double[][][][]> values = new HashMap<>();

    private final int points;

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
        this.points = graph.nodes().stream()
                .filter(n -> n.op() instanceof Op.Input input && input.role() == Op.Role.STEP)
                .mapToInt(n -> ((Op.Input) n.op()).index())
                .findFirst()
                .orElse(1);
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
        return value(node, reference, target, 0);
    }

    private double[] value(Node node, int reference, int target, int point) {
        double[][][] ofReference = at(values.get(node), reference);
        return at(at(ofReference, target), point);
    }

    private static <T> T at(T[] along, int index) {
        return along[along.length == 1 ? 0 : index];
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
                        case STEP -> Axis.STEP;
                        case CARRIED, SCANNED -> throw new IllegalStateException(node + " belongs to a recurrence");
                    });
        } else if (node.op() instanceof Op.MeanOver mean) {
            mean.axes().forEach(found::remove);
        }
        return found;
    }

    private int extent(Node node, Axis axis) {
        if (!axes.get(node).contains(axis)) {
            return 1;
        }
        return switch (axis) {
            case EXAMPLE -> 1;
            case REFERENCE -> references.size();
            case TARGET -> targets.size();
            case STEP -> points;
        };
    }

    private double[][][][] evaluated(Node node) {
        int ofTargets = extent(node, Axis.TARGET);
        int ofPoints = extent(node, Axis.STEP);
        double[][][][] all = new double[extent(node, Axis.REFERENCE)][ofTargets][ofPoints][];
        for (int r = 0; r < all.length; r++) {
            for (int t = 0; t < ofTargets; t++) {
                for (int p = 0; p < ofPoints; p++) {
                    all[r][t][p] = node.op() instanceof Op.MeanOver mean
                            ? mean(mean, node, r, t, p)
                            : evaluated(node, r, t, p);
                }
            }
        }
        return all;
    }

    private double[] evaluated(Node node, int r, int t, int p) {
        List<double[]> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(value(input, r, t, p)));
        Map<Op.Input, double[]> leaves = new HashMap<>(example);
        if (node.op() instanceof Op.Input input) {
            leaves.putAll(references.get(r));
            leaves.putAll(targets.get(t));
            if (input.role() == Op.Role.STEP) {
                leaves.put(input, new double[] {p});
            }
        }
        return Interpreter.evaluated(node, inputs, leaves);
    }

    private double[] mean(Op.MeanOver mean, Node node, int r, int t, int p) {
        Node of = node.input(0);
        int overReferences = mean.axes().contains(Axis.REFERENCE) ? extent(of, Axis.REFERENCE) : 1;
        int overTargets = mean.axes().contains(Axis.TARGET) ? extent(of, Axis.TARGET) : 1;
        int overPoints = mean.axes().contains(Axis.STEP) ? extent(of, Axis.STEP) : 1;
        double[] total = new double[node.shape().size()];
        for (int i = 0; i < overReferences; i++) {
            for (int j = 0; j < overTargets; j++) {
                for (int k = 0; k < overPoints; k++) {
                    double[] each =
                            value(of, overReferences > 1 ? i : r, overTargets > 1 ? j : t, overPoints > 1 ? k : p);
                    for (int e = 0; e < total.length; e++) {
                        total[e] += each[e];
                    }
                }
            }
        }
        for (int e = 0; e < total.length; e++) {
            total[e] /= overReferences * overTargets * overPoints;
        }
        return total;
    }
}
