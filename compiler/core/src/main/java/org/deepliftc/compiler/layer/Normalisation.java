package org.deepliftc.compiler.layer;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * Normalisations by statistics of the example itself: mean, square, rsqrt and product, each with its rule, so that a
 * feature whose own difference is 0 gets no credit and every other feature's effect on the statistics counts.
 */
public final class Normalisation {
    private final Nodes nodes;
    private final double epsilon;

    /** @param epsilon added to the variance */
    public Normalisation(Nodes nodes, double epsilon) {
        this.nodes = nodes;
        this.epsilon = epsilon;
    }

    private static Op binary(Op.BinaryKind kind) {
        return new Op.Binary(kind);
    }

    private static Op activation(Activation.Kind kind) {
        return new Op.Elementwise(Activation.of(kind));
    }

    /**
     * (x - mean) / sqrt(variance + epsilon) over {@code axes}, times {@code scale}, plus {@code shift}; what is absent is
     * left out, and the mean where it is not {@code centred}.
     */
    public Node over(Node x, List<Integer> axes, boolean centred, Optional<Node> scale, Optional<Node> shift) {
        return affine(standard(x, axes, centred, scale.isEmpty() && shift.isEmpty() ? "" : "normalised"), scale, shift);
    }

    /** The same over each of several groups of channels of [channels, space...]; scale and shift broadcast to x. */
    public Node overGroups(Node x, int groups, Optional<Node> scale, Optional<Node> shift) {
        Shape grouped = Shape.of(groups, x.shape().size() / groups);
        Node flat = nodes.add("groups", new Op.Reshape(grouped), x);
        Node standard = standard(flat, List.of(1), true, "standard");
        boolean plain = scale.isEmpty() && shift.isEmpty();
        return affine(nodes.add(plain ? "" : "normalised", new Op.Reshape(x.shape()), standard), scale, shift);
    }

    private Node standard(Node x, List<Integer> axes, boolean centred, String role) {
        Op mean = new Op.Reduce(Op.ReduceKind.MEAN, axes, true);
        Node centre = centred ? nodes.add("centred", binary(Op.BinaryKind.SUBTRACT), x, nodes.add("mean", mean, x)) : x;
        Node square = nodes.add("square", activation(Activation.Kind.SQUARE), centre);
        Node variance = nodes.add(
                "variance",
                binary(Op.BinaryKind.ADD),
                nodes.add("mean_square", mean, square),
                nodes.constant("epsilon", ConstantData.scalar(epsilon)));
        Node inverse = nodes.add("inverse", activation(Activation.Kind.RSQRT), variance);
        return nodes.add(role, binary(Op.BinaryKind.MULTIPLY), centre, inverse);
    }

    private Node affine(Node x, Optional<Node> scale, Optional<Node> shift) {
        Node scaled = scale.isEmpty()
                ? x
                : nodes.add(shift.isEmpty() ? "" : "scaled", binary(Op.BinaryKind.MULTIPLY), x, scale.get());
        return shift.isEmpty() ? scaled : nodes.add("", binary(Op.BinaryKind.ADD), scaled, shift.get());
    }

    /**
     * Local response normalisation of [channels, space...]: x (bias + alpha mean)^-beta, with the mean of the squares of
     * {@code size} channels around each, absent ones counting as zeros.
     */
    public static Node localResponse(Nodes nodes, Node x, int size, double alpha, double beta, double bias) {
        Shape channels = Shape.of(1, x.shape().dim(0), x.shape().from(1).size());
        Node square = nodes.add("square", activation(Activation.Kind.SQUARE), x);
        Window window = new Window(
                List.of(size, 1), List.of(1, 1), List.of(1, 1), List.of((size - 1) / 2, 0), List.of(size / 2, 0));
        Op mean = new Op.AveragePool(window, true, Op.Direction.FORWARD, channels.from(1));
        Node around = nodes.add("mean", mean, nodes.add("channels", new Op.Reshape(channels), square));
        Node power = nodes.add(
                "power",
                new Op.Elementwise(new Activation.UserDefined("local_response", power(alpha, beta, bias))),
                nodes.add("around", new Op.Reshape(x.shape()), around));
        return nodes.add("", binary(Op.BinaryKind.MULTIPLY), x, power);
    }

    /** exp(-beta log(bias + alpha v)). */
    private static ScalarFunction power(double alpha, double beta, double bias) {
        ScalarFunction base = new ScalarFunction.Arithmetic(
                ScalarFunction.Operator.ADD,
                new ScalarFunction.Number(bias),
                new ScalarFunction.Arithmetic(
                        ScalarFunction.Operator.MULTIPLY,
                        new ScalarFunction.Number(alpha),
                        new ScalarFunction.Variable()));
        ScalarFunction log = new ScalarFunction.Apply((Activation.Builtin) Activation.of(Activation.Kind.LOG), base);
        ScalarFunction exponent =
                new ScalarFunction.Arithmetic(ScalarFunction.Operator.MULTIPLY, new ScalarFunction.Number(-beta), log);
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(Activation.Kind.EXP), exponent);
    }
}
