package org.deepliftc.compiler.driver;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Multiply-adds of the direct algorithm of an operator, for one example. */
final class OperatorCosts {
    private OperatorCosts() {}

    /** Tells the values of one recurrence, which are computed together, from those of another. */
    static final class Recurrences {
        private final Set<List<Object>> seen = new HashSet<>();

        /** True for every node but the second and later values of a recurrence. */
        boolean counts(Node node) {
            return !(node.op() instanceof Op.Scan scan) || seen.add(List.of(scan.body(), node.inputs()));
        }
    }

    /** For a recurrence those of all its steps, whichever of its values the node is. */
    static long multiplyAdds(Node node) {
        if (node.op() instanceof Op.Scan scan) {
            long step = scan.body().graph().nodes().stream()
                    .mapToLong(OperatorCosts::multiplyAdds)
                    .sum();
            return step * scan.body().length();
        }
        long outputs = node.shape().size();
        boolean transposed = node.op() instanceof Op.ConvolutionTransposed
                || node.op() instanceof Op.Dense && ((Op.Dense) node.op()).direction() == Op.Direction.TRANSPOSED;
        if (transposed || node.op() instanceof Op.Dense || node.op() instanceof Op.Convolution) {
            // Forward each output, transposed each input, meets the weights of one output neuron or channel.
            Shape weights = node.input(1).shape();
            long meeting = transposed ? node.input(0).shape().size() : outputs;
            return meeting * (weights.size() / weights.dim(0));
        }
        if (node.op() instanceof Op.MatMul) {
            Shape left = node.input(0).shape();
            return outputs * left.dim(left.rank() - (((Op.MatMul) node.op()).transposeLeft() ? 2 : 1));
        }
        boolean multiplies = node.op() instanceof Op.BatchNorm
                || node.op() instanceof Op.Binary && ((Op.Binary) node.op()).kind() == Op.BinaryKind.MULTIPLY;
        return multiplies ? outputs : 0;
    }
}
