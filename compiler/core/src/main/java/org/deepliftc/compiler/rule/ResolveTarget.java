package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.deepliftc.compiler.explain.Target;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;

/** Checks a target against the explained point, and turns positions into flat ones. */
final class ResolveTarget {
    private final Shape point;
    private final String name;
    private final OptionalInt classes;

    private ResolveTarget(Node point, OptionalInt classes) {
        this.point = point.shape();
        this.name = point.name();
        this.classes = classes;
    }

    /**
     * Resolves a target of a point.
     *
     * @param classes the axis along which the point is explained less its mean, if it is
     */
    static Explanation.TargetChoice of(Target target, Node point, OptionalInt classes) {
        if (target instanceof Target.Any) {
            return new Explanation.Given();
        }
        if (target instanceof Target.Max) {
            return new Explanation.Largest();
        }
        if (target instanceof Target.Profile profile) {
            return new Explanation.Profile(profile.held());
        }
        return new ResolveTarget(point, classes).neurons((Target.Neurons) target);
    }

    /** Neurons by index where all are, which takes no weights; else the weights of every neuron. */
    private Explanation.TargetChoice neurons(Target.Neurons target) {
        if (target.sums().stream().allMatch(Target.Sum::isNeuron)) {
            return new Explanation.Fixed(target.sums().stream()
                    .map(sum -> flat(sum.terms().get(0).neuron()))
                    .toList());
        }
        return new Explanation.Weighted(
                target.sums().stream().map(this::weights).toList(), target.toString());
    }

    private ConstantData weights(Target.Sum sum) {
        double[] weights = new double[point.size()];
        for (Target.Term term : sum.terms()) {
            if (term.neuron() instanceof Target.Everything all) {
                double each = all.mean() ? term.weight() / weights.length : term.weight();
                for (int i = 0; i < weights.length; i++) {
                    weights[i] += each;
                }
            } else {
                weights[flat(term.neuron())] += term.weight();
            }
        }
        boolean constant = Arrays.stream(weights).allMatch(w -> w == 0);
        if (classes.isPresent()) {
            lessMean(weights, point.strides()[classes.getAsInt()], point.dim(classes.getAsInt()));
        }
        if (Arrays.stream(weights).allMatch(w -> w == 0)) {
            throw ResolveExplanation.error(
                    "EXPLAIN013",
                    "target " + sum + " of '" + name + "' is 0 whatever the input"
                            + (constant ? "" : ", as logits of a softmax are explained less their mean"),
                    constant ? "choose other weights" : "choose --softmax plain");
        }
        return ConstantData.real(point, weights);
    }

    private static void lessMean(double[] values, int stride, int extent) {
        for (int first = 0; first < values.length; first++) {
            if (first / stride % extent == 0) {
                double mean = 0;
                for (int k = 0; k < extent; k++) {
                    mean += values[first + k * stride];
                }
                for (int k = 0; k < extent; k++) {
                    values[first + k * stride] -= mean / extent;
                }
            }
        }
    }

    private int flat(Target.Neuron neuron) {
        if (neuron instanceof Target.ByAxis byAxis) {
            return flat(byAxis.position());
        }
        int index = ((Target.Flat) neuron).index();
        if (index >= point.size()) {
            throw ResolveExplanation.error(
                    "EXPLAIN007",
                    "target " + index + " is outside '" + name + "' " + point + ", which has " + point.size()
                            + " neurons",
                    "choose a target from 0 to " + (point.size() - 1));
        }
        return index;
    }

    private int flat(List<Integer> position) {
        if (position.size() != point.rank()) {
            throw ResolveExplanation.error(
                    "EXPLAIN008",
                    "target " + position + " has " + position.size() + " indices, but '" + name + "' is " + point,
                    "give one index for each axis, without the batch axis");
        }
        int[] strides = point.strides();
        int flat = 0;
        List<String> outside = new ArrayList<>();
        for (int axis = 0; axis < strides.length; axis++) {
            if (position.get(axis) >= point.dim(axis)) {
                outside.add(position.get(axis) + " at axis " + axis);
            }
            flat += position.get(axis) * strides[axis];
        }
        if (!outside.isEmpty()) {
            throw ResolveExplanation.error(
                    "EXPLAIN007",
                    "target " + position + " is outside '" + name + "' " + point + ": " + String.join(", ", outside),
                    "indices count from 0");
        }
        return flat;
    }
}
