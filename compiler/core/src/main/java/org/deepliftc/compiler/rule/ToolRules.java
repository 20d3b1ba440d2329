package org.deepliftc.compiler.rule;

import java.util.Set;
import org.deepliftc.compiler.explain.Tool;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * The rules of another tool: those of DeepLIFT where it has them, the gradient where it silently falls back on automatic
 * differentiation, and none where it stops or where what it computes depends on other examples of the batch.
 */
record ToolRules(Tool tool, DeepLiftRules own) implements RuleSet {
    private static final Set<String> OF_CAPTUM = Set.of("relu", "leaky_relu", "elu", "sigmoid", "tanh", "softplus");
    private static final Set<String> OF_SHAP =
            Set.of("relu", "leaky_relu", "elu", "selu", "gelu", "sigmoid", "tanh", "softplus");
    private static final Set<String> OF_DEEPLIFT = Set.of("relu", "prelu", "sigmoid", "tanh");
    private static final String WITHOUT = "explain it without --like, or with --at what lies before it";

    @Override
    public Rule ruleFor(Node node) {
        Op op = node.op();
        if (op instanceof Op.Elementwise elementwise) {
            return known().contains(elementwise.activation().name()) ? own.ruleFor(node) : unknown(node);
        }
        if (op instanceof Op.Softmax) {
            return softmax();
        }
        if (op instanceof Op.MaxPool pool) {
            return tool == Tool.DEEPLIFT || pool.window().isDisjoint()
                    ? own.ruleFor(node)
                    : missing(
                            "its windows overlap, and " + tool.title() + " loses what all but one hand to a position");
        }
        boolean known = op instanceof Op.Binary binary
                ? isLinear(binary, node) && (tool != Tool.DEEPLIFT || hasConstant(node))
                : !(op instanceof Op.Reduce reduce && reduce.kind() == Op.ReduceKind.MAX)
                        && !(op instanceof Op.MatMul && !hasConstant(node))
                        && !(op instanceof Op.LogSoftmax)
                        && !(op instanceof Op.Scan);
        return known ? own.ruleFor(node) : unknown(node);
    }

    private Set<String> known() {
        return switch (tool) {
            case CAPTUM -> OF_CAPTUM;
            case SHAP -> OF_SHAP;
            case DEEPLIFT -> OF_DEEPLIFT;
        };
    }

    private Rule softmax() {
        return switch (tool) {
            case CAPTUM ->
                missing(
                        "Captum 0.8 takes from its multipliers a mean over the whole batch, so that they depend on other"
                                + " examples");
            case SHAP -> new ElementwiseSoftmax();
            case DEEPLIFT -> missing("deeplift 0.6.13 has no multipliers for a softmax inside the network");
        };
    }

    /** What a tool does with an operator that it has no rule for. */
    private Rule unknown(Node node) {
        return tool == Tool.DEEPLIFT
                ? missing("deeplift 0.6.13 has no such layer and stops when it reads the network")
                : new GradientOnly(
                        node.op() instanceof Op.Elementwise ? new RescaleRule() : own.ruleFor(node), tool == Tool.SHAP);
    }

    private static Rule missing(String reason) {
        return new MissingRule(reason, WITHOUT);
    }

    private static boolean isLinear(Op.Binary op, Node node) {
        return switch (op.kind()) {
            case ADD, SUBTRACT -> true;
            case MULTIPLY -> hasConstant(node);
            case DIVIDE -> node.input(1).isConstant();
            case MAXIMUM, MINIMUM -> false;
            case AT_LEAST, SLOPE -> true;
        };
    }

    /** True for arithmetic with a constant, which is part of a layer. */
    private static boolean hasConstant(Node node) {
        return node.inputs().stream().anyMatch(Node::isConstant);
    }
}
