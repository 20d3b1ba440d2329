package org.deepliftc.compiler.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * softmax(Q K^T scale + mask) V for each of several heads, which are equal parts of the features. Queries are
 * [length, features], keys and values [others, features].
 */
public final class Attention {
    /** What a forbidden position's score is lowered by: its exponential is 0 in float and in double. */
    private static final double FORBIDDEN = -1e30;

    private final Nodes nodes;
    private final int heads;

    public Attention(Nodes nodes, int heads) {
        this.nodes = nodes;
        this.heads = heads;
    }

    /**
     * Adds the nodes.
     *
     * @param role the name of the result; empty for the layer's value
     * @param mask added to the scores of every head
     */
    public Node of(String role, Node queries, Node keys, Node values, double scale, Optional<Node> mask) {
        Node q = split("queries", queries);
        Node k = split("keys", keys);
        Node v = split("values", values);
        Node products = nodes.add("products", new Op.MatMul(false, true), q, k);
        Node scores = nodes.add(
                "scores",
                new Op.Binary(Op.BinaryKind.MULTIPLY),
                products,
                nodes.constant("scale", ConstantData.scalar(scale)));
        if (mask.isPresent()) {
            scores = nodes.add("masked", new Op.Binary(Op.BinaryKind.ADD), scores, mask.get());
        }
        Node weights = nodes.add("weights", new Op.Softmax(2), scores);
        Node mixed = nodes.add("mixed", new Op.MatMul(false, false), weights, v);
        Node together = nodes.add("together", new Op.Transpose(List.of(1, 0, 2)), mixed);
        Shape joined = Shape.of(queries.shape().dim(0), values.shape().dim(1));
        return nodes.add(role, new Op.Reshape(joined), together);
    }

    private Node split(String role, Node x) {
        Shape parts = Shape.of(x.shape().dim(0), heads, x.shape().dim(1) / heads);
        Node split = nodes.add(role + ".split", new Op.Reshape(parts), x);
        return nodes.add(role, new Op.Transpose(List.of(1, 0, 2)), split);
    }

    /** The mask under which no position sees a later one. */
    public static ConstantData causal(int length, int others) {
        double[] mask = new double[length * others];
        for (int i = 0; i < length; i++) {
            Arrays.fill(mask, i * others + Math.min(others, i + 1), (i + 1) * others, FORBIDDEN);
        }
        return ConstantData.real(Shape.of(length, others), mask);
    }
}
