package org.deepliftc.compiler.rule;

import java.util.Map;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Which rule each nonlinearity has: that of its node, else of its kind, else of all.
 *
 * @param single by the name of a node or of an activation
 */
public record NonlinearityRules(NonlinearityRule all, Map<String, NonlinearityRule> single) {
    /** Rescale everywhere. */
    public static final NonlinearityRules RESCALE = new NonlinearityRules(NonlinearityRule.RESCALE, Map.of());

    public NonlinearityRules {
        single = Map.copyOf(single);
    }

    Rule ruleFor(Node node) {
        String kind = ((Op.Elementwise) node.op()).activation().name();
        NonlinearityRule chosen = single.getOrDefault(node.name(), single.getOrDefault(kind, all));
        boolean reveals = switch (chosen) {
            case RESCALE -> false;
            case REVEAL_CANCEL -> true;
            case GENOMICS -> followsDense(node.input(0));
        };
        return reveals ? new RevealCancelRule() : new RescaleRule();
    }

    /** True behind a dense layer or a product with a constant matrix, and the scales, shifts and moves that follow it. */
    private static boolean followsDense(Node node) {
        Node at = node;
        while (true) {
            if (at.op() instanceof Op.Dense || at.op() instanceof Op.MatMul && isByConstant(at)) {
                return true;
            }
            boolean passes = at.op() instanceof Op.BatchNorm
                    || at.op() instanceof Op.Reshape
                    || at.op() instanceof Op.Transpose
                    || at.op() instanceof Op.Broadcast
                    || at.op() instanceof Op.Binary && isByConstant(at);
            if (!passes) {
                return false;
            }
            at = at.input(at.input(0).isConstant() ? 1 : 0);
        }
    }

    private static boolean isByConstant(Node node) {
        return node.inputs().size() == 2
                && (node.input(0).isConstant() || node.input(1).isConstant());
    }
}
