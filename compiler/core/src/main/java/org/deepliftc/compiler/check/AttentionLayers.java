package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.Attention;
import org.deepliftc.compiler.layer.Einsum;
import org.deepliftc.compiler.layer.Gates;

/** Attention between sequences [length, features], and sums of products by letters. */
final class AttentionLayers {
    /** Queries, keys and values, in the order in which PyTorch stacks their projections. */
    private static final Gates PARTS = new Gates("qkv");

    private AttentionLayers() {}

    /** attention(query, key, value, heads): softmax(Q K^T scale) V for each head. */
    static Value attention(Site site) {
        Node queries = sequence(site, site.tensor("query"));
        Node keys = sequence(site, site.tensor("key"));
        Node values = sequence(site, site.tensor("value"));
        return new Value.Tensor(mixed(site, queries, keys, values, ""));
    }

    private static Node sequence(Site site, Node x) {
        if (x.shape().rank() != 2) {
            throw site.shapeFailure("reads [length, features], but one input is " + x.shape(), x);
        }
        return x;
    }

    private static Node mixed(Site site, Node queries, Node keys, Node values, String role) {
        int heads = site.arguments().whole("heads", 1, 1);
        for (Node x : List.of(queries, keys, values)) {
            if (x.shape().dim(1) % heads != 0) {
                throw site.arguments()
                        .outOfRange("heads", x.shape().dim(1) + " features do not split into " + heads + " heads");
            }
        }
        boolean features = queries.shape().dim(1) == keys.shape().dim(1);
        if (!features || keys.shape().dim(0) != values.shape().dim(0)) {
            throw site.shapeFailure(
                    "queries " + queries.shape() + ", keys " + keys.shape() + " and values " + values.shape()
                            + " do not fit: queries have the features of keys, keys the length of values",
                    queries,
                    keys,
                    values);
        }
        int perHead = queries.shape().dim(1) / heads;
        double scale = site.arguments().real("scale", 1 / Math.sqrt(perHead));
        return new Attention(new LayerNodes(site, ""), heads)
                .of(role, queries, keys, values, scale, mask(site, queries, keys));
    }

    private static Optional<Node> mask(Site site, Node queries, Node keys) {
        int length = queries.shape().dim(0);
        int others = keys.shape().dim(0);
        if (site.arguments().flag("causal", false)) {
            return Optional.of(site.constant(Attention.causal(length, others), "causal", site.span()));
        }
        if (!site.arguments().has("mask")) {
            return Optional.empty();
        }
        Node mask = site.tensor("mask");
        if (!mask.shape().equals(Shape.of(length, others))) {
            throw site.shapeFailure("the mask is " + Shape.of(length, others) + ", not " + mask.shape(), mask);
        }
        return Optional.of(mask);
    }

    /** multihead_attention(x, heads, weights): projections in front and behind, as PyTorch stores them. */
    static Value multihead(Site site) {
        Node x = sequence(site, site.tensor("x"));
        Node keys = site.arguments().has("key") ? sequence(site, site.tensor("key")) : x;
        Node values = site.arguments().has("value") ? sequence(site, site.tensor("value")) : keys;
        Parameters parameters = new Parameters(site);
        int features = x.shape().dim(1);
        Shape stacked = Shape.of(3 * features, features);
        Parameters.Weight weight =
                fitting(parameters, parameters.require("weight", "weight", List.of(".in_proj_weight")), stacked, x);
        Optional<Parameters.Weight> bias = parameters
                .find("bias", "bias", List.of(".in_proj_bias"))
                .map(b -> fitting(parameters, b, stacked.upTo(1), x));
        List<Node> projected = new ArrayList<>();
        List<Node> read = List.of(x, keys, values);
        for (int i = 0; i < read.size(); i++) {
            projected.add(
                    projection(site, read.get(i), weight, bias, PARTS.order().charAt(i)));
        }
        Node mixed = mixed(site, projected.get(0), projected.get(1), projected.get(2), "heads");
        Parameters.Weight out = fitting(
                parameters,
                parameters.require("output weight", "out_weight", List.of(".out_proj.weight")),
                Shape.of(features, features),
                x);
        Optional<Parameters.Weight> outBias = parameters
                .find("output bias", "out_bias", List.of(".out_proj.bias"))
                .map(b -> fitting(parameters, b, Shape.of(features), x));
        Op dense = new Op.Dense(Op.Direction.FORWARD);
        return outBias.isPresent()
                ? site.result(dense, mixed, out.node(), outBias.get().node())
                : site.result(dense, mixed, out.node());
    }

    private static Parameters.Weight fitting(Parameters parameters, Parameters.Weight weight, Shape wanted, Node x) {
        if (!weight.shape().equals(wanted)) {
            throw parameters.mismatch(
                    weight, wanted, List.of("an input of " + x.shape().dim(1) + " features"));
        }
        return weight;
    }

    /** A dense layer by one third of the stacked rows. */
    private static Node projection(
            Site site, Node x, Parameters.Weight weight, Optional<Parameters.Weight> bias, char part) {
        int features = weight.shape().dim(1);
        if (x.shape().dim(1) != features) {
            throw site.shapeFailure("reads " + features + " features, but one input is " + x.shape(), x);
        }
        ConstantData rows = PARTS.of(part, weight.node().constant());
        List<Node> inputs = new ArrayList<>(List.of(x, site.constant(rows, part + ".weight", site.span())));
        bias.ifPresent(
                b -> inputs.add(site.constant(PARTS.of(part, b.node().constant()), part + ".bias", site.span())));
        return site.step(part + ".projected", new Op.Dense(Op.Direction.FORWARD), inputs.toArray(Node[]::new));
    }

    /** einsum("ij,jk->ik", a, b). */
    static Value einsum(Site site) {
        List<Arguments.Given> given = site.arguments().rest();
        if (given.isEmpty() || !(given.get(0).value() instanceof Value.Text equation)) {
            throw Failure.of(
                    Problem.CALL002,
                    site.span(),
                    "einsum: the equation is missing",
                    "write it first: einsum(\"ij,jk->ik\", a, b)");
        }
        List<Node> operands = new ArrayList<>();
        given.stream().skip(1).forEach(g -> operands.add(site.tensor(g, "x")));
        try {
            return new Value.Tensor(new Einsum(new LayerNodes(site, "")).of(equation.value(), operands));
        } catch (IllegalArgumentException e) {
            throw site.shapeFailure(e.getMessage(), operands.toArray(Node[]::new));
        }
    }
}
