package org.deepliftc.cli;

import java.util.Map;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.pictures.NodeKind;

/** The colour of an operator in a drawing. */
final class NodeKinds {
    private static final Map<Class<? extends Op>, NodeKind> KINDS = Map.ofEntries(
            Map.entry(Op.Input.class, NodeKind.INPUT),
            Map.entry(Op.Constant.class, NodeKind.PARAMETER),
            Map.entry(Op.Dense.class, NodeKind.AFFINE),
            Map.entry(Op.Convolution.class, NodeKind.AFFINE),
            Map.entry(Op.ConvolutionTransposed.class, NodeKind.AFFINE),
            Map.entry(Op.BatchNorm.class, NodeKind.AFFINE),
            Map.entry(Op.Elementwise.class, NodeKind.NONLINEARITY),
            Map.entry(Op.Softmax.class, NodeKind.NONLINEARITY),
            Map.entry(Op.LogSoftmax.class, NodeKind.NONLINEARITY),
            Map.entry(Op.MaxPool.class, NodeKind.POOLING),
            Map.entry(Op.AveragePool.class, NodeKind.POOLING),
            Map.entry(Op.Reduce.class, NodeKind.POOLING),
            Map.entry(Op.MatMul.class, NodeKind.PRODUCT),
            Map.entry(Op.Broadcast.class, NodeKind.SHAPE),
            Map.entry(Op.Reshape.class, NodeKind.SHAPE),
            Map.entry(Op.Transpose.class, NodeKind.SHAPE),
            Map.entry(Op.Concat.class, NodeKind.SHAPE),
            Map.entry(Op.Slice.class, NodeKind.SHAPE),
            Map.entry(Op.Embed.class, NodeKind.SHAPE));

    private NodeKinds() {}

    static NodeKind of(Op op) {
        if (op instanceof Op.Binary) {
            Op.BinaryKind kind = ((Op.Binary) op).kind();
            return kind == Op.BinaryKind.MULTIPLY || kind == Op.BinaryKind.DIVIDE ? NodeKind.PRODUCT : NodeKind.AFFINE;
        }
        return KINDS.getOrDefault(op.getClass(), NodeKind.OTHER);
    }
}
