package org.deepliftc.compiler.graph;

/**
 * A total function over the records of {@link Op}.
 *
 * @param <R> what it answers
 */
public interface OpCases<R> {
    R input(Op.Input op);

    R constant(Op.Constant op);

    R elementwise(Op.Elementwise op);

    R dividedDifference(Op.DividedDifference op);

    R binary(Op.Binary op);

    R select(Op.Select op);

    R dense(Op.Dense op);

    R matMul(Op.MatMul op);

    R convolution(Op.Convolution op);

    R convolutionTransposed(Op.ConvolutionTransposed op);

    R batchNorm(Op.BatchNorm op);

    R maxPool(Op.MaxPool op);

    R argMaxPool(Op.ArgMaxPool op);

    R gatherPositions(Op.GatherPositions op);

    R scatterPositions(Op.ScatterPositions op);

    R segmentPool(Op.SegmentPool op);

    R averagePool(Op.AveragePool op);

    R reduce(Op.Reduce op);

    R broadcast(Op.Broadcast op);

    R reshape(Op.Reshape op);

    R transpose(Op.Transpose op);

    R concat(Op.Concat op);

    R slice(Op.Slice op);

    R embed(Op.Embed op);

    R softmax(Op.Softmax op);

    R logSoftmax(Op.LogSoftmax op);

    R argMax(Op.ArgMax op);

    R oneHot(Op.OneHot op);

    R pick(Op.Pick op);

    R lookUp(Op.LookUp op);

    R meanOver(Op.MeanOver op);

    R scan(Op.Scan op);
}
