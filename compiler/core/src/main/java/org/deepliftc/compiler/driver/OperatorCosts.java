package org.deepliftc.compiler.driver;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Multiply-adds of the direct algorithm of an operator, for one example. */
final class OperatorCosts {
    private OperatorCosts() {}

    static long multiplyAdds(Node node) {
        long outputs = node.shape().size();
        if (node.op() instanceof Op.Dense || node.op() instanceof Op.Convolution) {
            Shape weights = node.input(1).shape();
            return outputs * (weights.size() / weights.dim(0));
        }
        if (node.op() instanceof Op.MatMul) {
            Shape left = node.input(0).shape();
            boolean transposed = ((Op.MatMul) node.op()).transposeLeft();
            return outputs * left.dim(left.rank() - (transposed ? 2 : 1));
        }
        boolean multiplies = node.op() instanceof Op.BatchNorm
                || node.op() instanceof Op.Binary && ((Op.Binary) node.op()).kind() == Op.BinaryKind.MULTIPLY;
        return multiplies ? outputs : 0;
    }
}
