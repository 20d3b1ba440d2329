package org.deepliftc.compiler.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * The explained neuron, as a linear expression of the explained point: its value is the sum of weights times the point, and
 * the weights are the multipliers that everything begins with.
 *
 * @param weights of every element of the point; where the logits of a softmax are explained less their mean along the
 *     classes (paper eq. 21)
 * @param choice where targets are told apart by their number; absent where there is one, with weights of each example
 */
record Neuron(Node weights, Optional<Choice> choice) {
    private static final String NAME = "target.multiplier";

    /**
     * How the value of a target is found.
     *
     * @param index the number of the target
     * @param candidates the values of all targets, from the point
     */
    record Choice(Node index, UnaryOperator<Node> candidates) {}

    /**
     * The point the weights belong to: that of the explanation, or behind it the sum of a profile whose softmax is explained
     * too.
     */
    static Node point(Explanation explanation) {
        Node point = explanation.point();
        if (!(explanation.target() instanceof Explanation.Profile profile) || profile.held()) {
            return point;
        }
        GraphBuilder behind = new GraphBuilder(point);
        Node all = behind.add(new Op.Reshape(Shape.of(point.shape().size())), "profile", point);
        Node mean = behind.add(new Op.Reduce(Op.ReduceKind.MEAN, List.of(0), true), "profile.mean", all);
        Node centred = behind.add(new Op.Binary(Op.BinaryKind.SUBTRACT), "profile.logits", all, mean);
        Node softmax = behind.add(new Op.Softmax(0), "profile.softmax", centred);
        Node weighted = behind.add(new Op.Binary(Op.BinaryKind.MULTIPLY), "profile.weighted", softmax, centred);
        return behind.add(new Op.Reduce(Op.ReduceKind.SUM, List.of(0), true), "profile.sum", weighted);
    }

    /**
     * The neuron of an explanation.
     *
     * @param point of {@link #point}
     */
    static Neuron of(Explanation explanation, Node point, RuleContext context, Activations actual) {
        Optional<Integer> classes = explanation.normalisedAlong().isPresent()
                ? Optional.of(explanation.normalisedAlong().getAsInt())
                : Optional.empty();
        Explanation.TargetChoice choice = explanation.target();
        if (choice instanceof Explanation.Profile profile) {
            return new Neuron(
                    profile.held() ? profileWeights(actual.of(point), context) : one(point, context), Optional.empty());
        }
        Node index = index(choice, actual.of(point), context);
        if (choice instanceof Explanation.Weighted weighted) {
            Node table = table(weighted, point.shape().size(), context);
            Node row = context.add(new Op.LookUp(), NAME, index, table);
            Node weights = context.add(new Op.Reshape(point.shape()), NAME, row);
            return new Neuron(weights, Optional.of(new Choice(index, z -> sums(z, table, context))));
        }
        Node weights = context.add(new Op.OneHot(point.shape()), NAME, index);
        UnaryOperator<Node> less = z -> classes.isPresent() ? lessMean(z, classes.get(), context) : z;
        return new Neuron(less.apply(weights), Optional.of(new Choice(index, less)));
    }

    private static Node sums(Node z, Node table, RuleContext context) {
        Node flat = context.add(new Op.Reshape(Shape.of(z.shape().size())), "target.sums", z);
        return context.add(new Op.Dense(Op.Direction.FORWARD), "target.sums", flat, table);
    }

    private static Node index(Explanation.TargetChoice choice, Node point, RuleContext context) {
        if (choice instanceof Explanation.Largest) {
            return context.add(new Op.ArgMax(), "target", point);
        }
        if (choice.indices().size() == 1) {
            double index = choice.indices().get(0);
            return context.builder().constant(ConstantData.index(Shape.SCALAR, new double[] {index}), "target");
        }
        return context.add(new Op.Input(Op.Role.TARGET, 0, Shape.SCALAR, ElementType.INDEX), "target");
    }

    /** A row of weights for each sum. */
    private static Node table(Explanation.Weighted weighted, int size, RuleContext context) {
        int count = weighted.weights().size();
        double[] table = new double[count * size];
        for (int i = 0; i < count; i++) {
            System.arraycopy(weighted.weights().get(i).toArray(), 0, table, i * size, size);
        }
        return context.builder().constant(ConstantData.real(Shape.of(count, size), table), "target.weights");
    }

    /** The softmax of all of the point on the example, less its mean: sum w (z - mean z) = sum (w - mean w) z. */
    private static Node profileWeights(Node point, RuleContext context) {
        Node all = context.add(new Op.Reshape(Shape.of(point.shape().size())), NAME, point);
        Node softmax = context.add(new Op.Softmax(0), NAME, all);
        return context.add(new Op.Reshape(point.shape()), NAME, lessMean(softmax, 0, context));
    }

    private static Node one(Node point, RuleContext context) {
        double[] ones = new double[point.shape().size()];
        Arrays.fill(ones, 1);
        return context.builder().constant(ConstantData.real(point.shape(), ones), NAME);
    }

    private static Node lessMean(Node value, int axis, RuleContext context) {
        Node mean = context.add(new Op.Reduce(Op.ReduceKind.MEAN, List.of(axis), true), value.name(), value);
        return context.subtract(value, mean, value.name());
    }

    /** The neuron's value, a scalar, where the point has this one. */
    Node value(Node point, String name, RuleContext context) {
        return choice.isPresent()
                ? context.add(
                        new Op.Pick(),
                        name,
                        choice.get().candidates().apply(point),
                        choice.get().index())
                : context.sumOfAll(context.multiply(weights, point, name), name);
    }
}
