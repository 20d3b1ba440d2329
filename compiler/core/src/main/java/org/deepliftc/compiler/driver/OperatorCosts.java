package org.deepliftc.compiler.driver;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Multiply-adds of the direct algorithm of an operator, for one example. */
final class OperatorCosts {
    private OperatorCosts() {}

    static long multiplyAdds(Node node) {
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
