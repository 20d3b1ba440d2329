package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * gather(f(a, b), w) becomes f(gather(a, w), gather(b, w)): of what is wanted at few positions only, nothing is computed
 * elsewhere. Operands that are the same at every position stay as they are. A costly function that is computed everywhere
 * anyway is left to be read.
 */
final class GatherOperands implements Pass {
    /** Operands of operands up to here; beyond, computing them anew costs more than reading them. */
    private static final int DEEPEST = 6;

    @Override
    public Graph run(Graph graph) {
        Map<Node, List<Node>> users = graph.users();
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (!(node.op() instanceof Op.GatherPositions)) {
                    return keep(node, inputs, turn);
                }
                boolean onlyGathered = users.get(node.input(0)).stream()
                        .allMatch(u -> u.op() instanceof Op.GatherPositions && u.input(0) == node.input(0));
                return gathered(node, inputs.get(0), inputs.get(1), onlyGathered, 0, turn);
            }
        }.run(graph);
    }

    private static Node gathered(
            Node gather, Node value, Node winners, boolean onlyGathered, int depth, Rewrite.Turn turn) {
        if (depth == DEEPEST) {
            return turn.like(gather, gather.op(), value, winners);
        }
        boolean inputs = value.inputs().stream().allMatch(i -> isSame(i, value) || isPerChannel(i, value));
        if (!inputs || !isElementwise(value.op()) || !onlyGathered && isCostly(value.op())) {
            return turn.like(gather, gather.op(), value, winners);
        }
        List<Node> operands = new ArrayList<>();
        for (Node input : value.inputs()) {
            if (isPerChannel(input, value)) {
                operands.add(input);
                continue;
            }
            Node there = turn.builder().add(gather.op(), input.name() + ".winner", input, winners);
            operands.add(gathered(there, input, winners, onlyGathered, depth + 1, turn));
        }
        return turn.like(gather, value.op(), operands.toArray(Node[]::new));
    }

    private static boolean isElementwise(Op op) {
        return op instanceof Op.Elementwise
                || op instanceof Op.DividedDifference
                || op instanceof Op.Binary
                || op instanceof Op.Select;
    }

    private static boolean isSame(Node input, Node value) {
        return input.shape().equals(value.shape());
    }

    /** True for what does not change from position to position. */
    private static boolean isPerChannel(Node input, Node value) {
        if (input.shape().size() == 1) {
            return true;
        }
        return input.shape().rank() == value.shape().rank()
                && input.shape().dim(0) == value.shape().dim(0)
                && input.shape().from(1).size() == 1
                && value.shape().from(1).size() > 1;
    }

    /** True for functions that take more than a handful of operations. */
    private static boolean isCostly(Op op) {
        Activation activation = op instanceof Op.Elementwise elementwise
                ? elementwise.activation()
                : op instanceof Op.DividedDifference difference ? difference.activation() : null;
        return activation != null && activation.isCostly();
    }
}
