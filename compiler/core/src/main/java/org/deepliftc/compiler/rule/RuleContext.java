package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
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

    RuleContext(GraphBuilder builder, Activations actual, Activations reference) {
        this.builder = builder;
        this.actual = actual;
        this.reference = reference;
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

    public GraphBuilder builder() {
        return builder;
    }

    public Node add(Op op, String name, Node... inputs) {
        return builder.add(op, name, inputs);
    }

    public Node multiply(Node left, Node right, String name) {
        return builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), name, left, right);
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

    /** {@code m} repeated to a shape it broadcasts to. */
    public Node broadcast(Node m, Shape shape) {
        return m.shape().equals(shape) ? m : builder.add(new Op.Broadcast(shape), m.name(), m);
    }

    /** The name of what travels back to an input of {@code node}. */
    public static String multiplierName(Node node, int input) {
        return node.input(input).name() + ".multiplier";
    }
}
