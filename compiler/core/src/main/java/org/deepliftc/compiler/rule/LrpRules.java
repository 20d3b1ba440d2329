package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Layer-wise relevance propagation, epsilon rule with bias (Bach et al. 2015; paper 4.1). What travels back is relevance, a
 * share of the target's value, not a multiplier.
 *
 * <ul>
 *   <li>Every operator that weighs or adds values is a layer: R_i = sum_j x_i w_ij R_j / (z_j + epsilon sign(z_j)), the
 *       bias part of z even where it is added apart, sign(0) = +1. What the bias takes goes to no input.
 *   <li>Nonlinearities hand relevance on as it is, maxima to the winner, shape operators to where the values came from.
 *   <li>Products of two activations and softmax have no rule: an error that names the node.
 * </ul>
 *
 * <p>For piecewise linear networks epsilon towards 0 gives gradient times input (paper 4.1). Nothing is compared with a
 * reference.
 */
public record LrpRules(double epsilon) implements RuleSet {
    private static final DeepLiftRules GRADIENT = new DeepLiftRules(MaxRule.GRADIENT);

    @Override
    public Rule ruleFor(Node node) {
        Op op = node.op();
        if (op instanceof Op.Elementwise) {
            return new Passed();
        }
        if (isBias(node)) {
            return new Bias(epsilon);
        }
        Rule linear = GRADIENT.ruleFor(node);
        boolean moves = op instanceof Op.Reshape
                || op instanceof Op.Transpose
                || op instanceof Op.Slice
                || op instanceof Op.Embed
                || op instanceof Op.Concat
                || op instanceof Op.Input
                || op instanceof Op.Constant
                || op instanceof Op.MaxPool;
        if (moves || isLargest(op)) {
            return new Moved(linear);
        }
        boolean hasRule = linear.name().equals("linear")
                || op instanceof Op.Binary binary && binary.kind() == Op.BinaryKind.MULTIPLY && isByConstant(node)
                || op instanceof Op.Binary quotient
                        && quotient.kind() == Op.BinaryKind.DIVIDE
                        && node.input(1).isConstant();
        return hasRule
                ? new Layer(linear, epsilon)
                : new MissingRule(
                        "layer-wise relevance propagation has no rule for products of activations or softmax",
                        "choose --method deeplift, or explain a node before it with --at");
    }

    /** A constant added to what weights made: the bias of that layer, written apart. */
    private static boolean isBias(Node node) {
        if (!(node.op() instanceof Op.Binary binary) || node.inputs().size() != 2) {
            return false;
        }
        boolean added = binary.kind() == Op.BinaryKind.ADD && isByConstant(node)
                || binary.kind() == Op.BinaryKind.SUBTRACT && node.input(1).isConstant();
        Node before = node.input(0).isConstant() ? node.input(1) : node.input(0);
        while (before.op() instanceof Op.Reshape) {
            before = before.input(0);
        }
        boolean weighs = before.op() instanceof Op.Dense
                || before.op() instanceof Op.Convolution
                || before.op() instanceof Op.MatMul;
        return added && (weighs || isBias(before));
    }

    private static boolean isLargest(Op op) {
        return op instanceof Op.Reduce reduce && reduce.kind() == Op.ReduceKind.MAX
                || op instanceof Op.Binary binary && binary.kind().isVariadic();
    }

    private static boolean isByConstant(Node node) {
        return node.input(0).isConstant() || node.input(1).isConstant();
    }

    /** Relevance as it is. */
    private record Passed() implements Rule {
        @Override
        public String name() {
            return "passed on";
        }

        @Override
        public String equation() {
            return "R_x = R_y";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            return List.of(upstream);
        }
    }

    /** Relevance to where the values came from, as a gradient goes. */
    private record Moved(Rule gradient) implements Rule {
        @Override
        public String name() {
            return "moved";
        }

        @Override
        public String equation() {
            return "R_x = R_y where x became y";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            return gradient.apply(node, upstream, context);
        }
    }

    /** R_x = (x + epsilon sign(x)) R_y / (z + epsilon sign(z)): with the layer that made x, that layer with its bias. */
    private record Bias(double epsilon) implements Rule {
        @Override
        public String name() {
            return "bias";
        }

        @Override
        public String equation() {
            return "z of the layer before it includes it";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            List<Multiplier> handed = new ArrayList<>();
            Node z = stabilised(context.actual(node), epsilon, context);
            for (int i = 0; i < 2; i++) {
                Node x = stabilised(context.actual(node.input(i)), epsilon, context);
                String name = RuleContext.multiplierName(node, i);
                Node factor = context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, x, z);
                int input = i;
                handed.add(upstream.map(r -> context.sumTo(
                        context.multiply(r, factor, name), node.input(input).shape())));
            }
            return handed;
        }
    }

    /** R_x = x times the transpose of the linear map applied to R_y / (z + epsilon sign(z)). */
    private record Layer(Rule linear, double epsilon) implements Rule {
        @Override
        public String name() {
            return "epsilon";
        }

        @Override
        public String equation() {
            return "R_i = sum_j x_i w_ij R_j / (z_j + epsilon sign(z_j))";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            Node z = stabilised(context.actual(node), epsilon, context);
            String name = node.name() + ".share";
            Multiplier share = upstream.map(r -> context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, r, z));
            List<Multiplier> handed = new ArrayList<>();
            List<Multiplier> back = linear.apply(node, share, context);
            for (int i = 0; i < back.size(); i++) {
                Node x = context.actual(node.input(i));
                String to = RuleContext.multiplierName(node, i);
                handed.add(back.get(i).map(m -> context.multiply(m, x, to)));
            }
            return handed;
        }
    }

    /** z + epsilon sign(z); 1 where that would be 0, for a layer without output has no relevance to share out. */
    private static Node stabilised(Node z, double epsilon, RuleContext context) {
        Op.Binary atLeast = new Op.Binary(Op.BinaryKind.AT_LEAST);
        String name = z.name() + ".stabilised";
        Node zero = context.builder().constant(0);
        Node notNegative = context.add(atLeast, name, z, zero);
        if (epsilon == 0) {
            Node isZero = context.multiply(notNegative, context.add(atLeast, name, zero, z), name);
            return context.plus(z, isZero, name);
        }
        Node twice = context.multiply(notNegative, context.builder().constant(2 * epsilon), name);
        return context.plus(z, context.subtract(twice, context.builder().constant(epsilon), name), name);
    }
}
