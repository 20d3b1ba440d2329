package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * What a rule may ask for: the activations at both ends of the difference it distributes, and small graph expressions.
 * For gradient methods both ends are the same activation; every rule then gives its limit, the derivative.
 */
public final class RuleContext {
    private final GraphBuilder builder;
    private final Activations actual;
    private final Activations reference;
    private final boolean comparesRuns;
    private Map<Node, Parts> parts = Map.of();
    private Supplier<Node> change = () -> {
        throw new IllegalStateException("nobody said what is explained");
    };

    /**
     * A context.
     *
     * @param comparesRuns whether multipliers are multiplied by a difference of two runs, even where both ends are the same
     *     activation, as on the points of a path
     */
    RuleContext(GraphBuilder builder, Activations actual, Activations reference, boolean comparesRuns) {
        this.builder = builder;
        this.actual = actual;
        this.reference = reference;
        this.comparesRuns = comparesRuns;
    }

    /** This context with the reference on the example, where every rule gives its limit, the derivative. */
    RuleContext atExample() {
        return at(actual);
    }

    /** This context with the example on the reference. */
    RuleContext atReference() {
        return at(reference);
    }

    private RuleContext at(Activations both) {
        RuleContext limit = new RuleContext(builder, both, both, comparesRuns);
        limit.use(parts);
        limit.change = change;
        return limit;
    }

    /** True where multipliers are meant for a difference of two runs; false where they are derivatives for themselves. */
    boolean comparesRuns() {
        return comparesRuns;
    }

    /** The activation of a node of the model on the example. */
    public Node actual(Node node) {
        return actual.of(node);
    }

    /** The activation of a node of the model on the reference. */
    public Node reference(Node node) {
        return reference.of(node);
    }

    /** actual - reference. */
    public Node delta(Node node) {
        return subtract(actual(node), reference(node), node.name() + ".delta");
    }

    /** (actual + reference) / 2: the coefficient of the other factor in a product (paper eq. 18). */
    public Node average(Node node) {
        Node a = actual(node);
        Node r = reference(node);
        if (a == r) {
            return a;
        }
        String name = node.name() + ".average";
        return multiply(builder.add(new Op.Binary(Op.BinaryKind.ADD), name, a, r), builder.constant(0.5), name);
    }

    /** Says what is explained: the difference-from-reference of the target, a scalar that is made when a rule asks. */
    void explain(Supplier<Node> targetChange) {
        change = targetChange;
    }

    /** The difference-from-reference of the target, a scalar. */
    Node change() {
        Node made = change.get();
        change = () -> made;
        return made;
    }

    /** Says where the parts of differences are found; they are derived while rules may already ask for some. */
    void use(Map<Node, Parts> derived) {
        parts = derived;
    }

    /** The positive and the negative part of a node's difference, for rules that say they need them. */
    public Parts parts(Node node) {
        Parts known = parts.get(node);
        if (known == null) {
            throw new IllegalStateException("nobody derived the parts of the difference of " + node);
        }
        return known;
    }

    /** The difference of a node split by its own sign: max(delta, 0) and min(delta, 0). */
    Parts signs(Node node) {
        Node delta = delta(node);
        return new Parts(
                add(new Op.Binary(Op.BinaryKind.MAXIMUM), node.name() + ".risen", delta, builder.constant(0)),
                add(new Op.Binary(Op.BinaryKind.MINIMUM), node.name() + ".fallen", delta, builder.constant(0)));
    }

    /**
     * Parts times a coefficient: where that is negative the parts change places (P = max(k, 0) P + min(k, 0) N, and N
     * likewise).
     */
    Parts scaled(Parts value, Node k, String name) {
        Node up = positive(k, name);
        Node down = negative(k, name);
        return new Parts(
                mixed(value.positive(), up, value.negative(), down, name),
                mixed(value.negative(), up, value.positive(), down, name));
    }

    /** The multiplier of a factor whose coefficient is k, the transpose of {@link #scaled(Parts, Node, String)}. */
    Multiplier scaled(Multiplier upstream, Node k, String name) {
        if (upstream.isSingle()) {
            return upstream.map(m -> multiply(m, k, name));
        }
        Node up = positive(k, name);
        Node down = negative(k, name);
        return new Multiplier(
                mixed(upstream.positive(), up, upstream.negative(), down, name),
                mixed(upstream.negative(), up, upstream.positive(), down, name));
    }

    /** By the sign of a node's difference: {@code rising}, {@code falling}, and their mean where it is 0. */
    Node bySign(Node node, Node rising, Node falling, String name) {
        Node delta = delta(node);
        Node zero = builder.constant(0);
        Op.Binary atLeast = new Op.Binary(Op.BinaryKind.AT_LEAST);
        Node notFallen = broadcast(add(atLeast, node.name() + ".notFallen", delta, zero), rising.shape());
        Node notRisen = broadcast(add(atLeast, node.name() + ".notRisen", zero, delta), rising.shape());
        Node middle = multiply(plus(rising, falling, name), builder.constant(0.5), name);
        Node upper = add(new Op.Select(), name, notRisen, middle, rising);
        return add(new Op.Select(), name, notFallen, upper, falling);
    }

    /**
     * Multiplier times difference of a node. Two channels belong to the two parts of a difference, m+ P + m- N; what an
     * inexact rule has lost of the parts has the mean of both, (m+ + m-) / 2 (delta - P - N). So one channel alone is m
     * delta whatever the parts are.
     */
    Node carried(Node node, Multiplier multiplier, String name) {
        if (multiplier.isSingle()) {
            return multiply(multiplier.positive(), delta(node), name);
        }
        Parts known = node.op() instanceof Op.Input ? signs(node) : parts(node);
        Node both = plus(multiplier.positive(), multiplier.negative(), name);
        Node mean = multiply(both, builder.constant(0.5), name);
        Node ofParts = plus(
                multiply(multiplier.positive(), known.positive(), name),
                multiply(multiplier.negative(), known.negative(), name),
                name);
        Node lost = subtract(delta(node), plus(known.positive(), known.negative(), name), name);
        return plus(ofParts, multiply(mean, lost, name), name);
    }

    private Node mixed(Node first, Node up, Node second, Node down, String name) {
        return plus(multiply(first, up, name), multiply(second, down, name), name);
    }

    private Node positive(Node k, String name) {
        return add(new Op.Binary(Op.BinaryKind.MAXIMUM), name, k, builder.constant(0));
    }

    private Node negative(Node k, String name) {
        return add(new Op.Binary(Op.BinaryKind.MINIMUM), name, k, builder.constant(0));
    }

    public GraphBuilder builder() {
        return builder;
    }

    public Node add(Op op, String name, Node... inputs) {
        return builder.add(op, name, inputs);
    }

    public Node multiply(Node left, Node right, String name) {
        return builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), name, left, right);
    }

    public Node plus(Node left, Node right, String name) {
        return builder.add(new Op.Binary(Op.BinaryKind.ADD), name, left, right);
    }

    public Node subtract(Node left, Node right, String name) {
        return builder.add(new Op.Binary(Op.BinaryKind.SUBTRACT), name, left, right);
    }

    /** Sums {@code m} over the axes along which a value of {@code shape} was repeated to get the shape of m. */
    public Node sumTo(Node m, Shape shape) {
        if (m.shape().equals(shape)) {
            return m;
        }
        int added = m.shape().rank() - shape.rank();
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < m.shape().rank(); axis++) {
            if (axis < added || shape.dim(axis - added) == 1 && m.shape().dim(axis) != 1) {
                axes.add(axis);
            }
        }
        Node summed = builder.add(new Op.Reduce(Op.ReduceKind.SUM, axes, true), m.name(), m);
        return summed.shape().equals(shape) ? summed : builder.add(new Op.Reshape(shape), m.name(), summed);
    }

    /** The sum of all elements, a scalar. */
    Node sumOfAll(Node value, String name) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            axes.add(axis);
        }
        return builder.add(new Op.Reduce(Op.ReduceKind.SUM, axes, false), name, value);
    }

    /** {@code chosen} where a condition of its shape is not 0, elsewhere a number. */
    Node where(Node condition, Node chosen, double otherwise, String name) {
        return add(new Op.Select(), name, condition, chosen, filled(chosen.shape(), otherwise, name));
    }

    /** A value where it is finite, elsewhere another. */
    Node finite(Node value, Node otherwise, String name) {
        Node size = add(new Op.Elementwise(Activation.of(Activation.Kind.ABS)), name, value);
        Node isFinite = add(new Op.Binary(Op.BinaryKind.AT_LEAST), name, builder.constant(Float.MAX_VALUE), size);
        return add(new Op.Select(), name, isFinite, value, otherwise);
    }

    /** A number everywhere. */
    Node filled(Shape shape, double value, String name) {
        return broadcast(builder.add(new Op.Constant(ConstantData.scalar(value)), name), shape);
    }

    /** {@code m} repeated to a shape it broadcasts to. */
    public Node broadcast(Node m, Shape shape) {
        return m.shape().equals(shape) ? m : builder.add(new Op.Broadcast(shape), m.name(), m);
    }

    /** The name of what travels back to an input of {@code node}. */
    public static String multiplierName(Node node, int input) {
        return node.input(input).name() + ".multiplier";
    }
}
