package org.deepliftc.compiler.oracle;

import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Which rules the oracle follows.
 *
 * @param nonlinearities of every nonlinearity
 * @param steps points of integrated gradients
 */
public record OracleRules(MaxRule maxRule, NonlinearityRule nonlinearities, int steps, double lrpEpsilon) {

    /** Rescale, and the usual numbers. */
    public OracleRules(MaxRule maxRule) {
        this(maxRule, NonlinearityRule.RESCALE, ExplainOptions.STEPS, ExplainOptions.LRP_EPSILON);
    }

    /** True for nonlinearities with the reveal-cancel rule; the genomics rule means those next behind a dense layer. */
    boolean reveals(Node node) {
        if (!(node.op() instanceof Op.Elementwise)) {
            return false;
        }
        return switch (nonlinearities) {
            case RESCALE -> false;
            case REVEAL_CANCEL -> true;
            case GENOMICS -> isDense(node.input(0));
        };
    }

    private static boolean isDense(Node node) {
        if (node.op() instanceof Op.Dense) {
            return true;
        }
        boolean byConstant = node.inputs().stream().filter(Node::isConstant).count() == 1
                && node.inputs().size() == 2;
        if (node.op() instanceof Op.MatMul) {
            return byConstant;
        }
        boolean passes = node.op() instanceof Op.BatchNorm
                || node.op() instanceof Op.Reshape
                || node.op() instanceof Op.Transpose
                || node.op() instanceof Op.Broadcast
                || node.op() instanceof Op.Binary && byConstant;
        return passes
                && isDense(node.inputs().stream()
                        .filter(n -> !n.isConstant())
                        .findFirst()
                        .orElseThrow());
    }
}
