package org.deepliftc.compiler.optimize;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.OpCases;
import org.deepliftc.compiler.graph.Shape;

/** Which {@link Local} a node has; what speaks of the winners of a max pool has the one of its {@link Winners}. */
record Locals(Node node) implements OpCases<Local> {

    static Local of(Node node) {
        return node.op().match(new Locals(node));
    }

    private Local everywhere() {
        return new LocalEverywhere(node);
    }

    private Shape space() {
        return node.input(0).shape().from(1);
    }

    @Override
    public Local input(Op.Input op) {
        return everywhere();
    }

    @Override
    public Local constant(Op.Constant op) {
        return everywhere();
    }

    @Override
    public Local elementwise(Op.Elementwise op) {
        return new LocalElementwise(node);
    }

    @Override
    public Local dividedDifference(Op.DividedDifference op) {
        return new LocalElementwise(node);
    }

    @Override
    public Local binary(Op.Binary op) {
        return new LocalElementwise(node);
    }

    @Override
    public Local select(Op.Select op) {
        return new LocalElementwise(node);
    }

    @Override
    public Local dense(Op.Dense op) {
        return new LocalDense(node, op);
    }

    @Override
    public Local matMul(Op.MatMul op) {
        return everywhere();
    }

    @Override
    public Local convolution(Op.Convolution op) {
        return new LocalConvolution(node, op);
    }

    @Override
    public Local convolutionTransposed(Op.ConvolutionTransposed op) {
        return new LocalConvolution.Transposed(node, op);
    }

    @Override
    public Local batchNorm(Op.BatchNorm op) {
        return everywhere();
    }

    @Override
    public Local maxPool(Op.MaxPool op) {
        return new LocalPool(node, new Spans(op.window(), space()));
    }

    @Override
    public Local argMaxPool(Op.ArgMaxPool op) {
        return everywhere();
    }

    @Override
    public Local gatherPositions(Op.GatherPositions op) {
        return everywhere();
    }

    @Override
    public Local scatterPositions(Op.ScatterPositions op) {
        return everywhere();
    }

    @Override
    public Local segmentPool(Op.SegmentPool op) {
        return everywhere();
    }

    @Override
    public Local averagePool(Op.AveragePool op) {
        return new LocalPool(node, new Spans(op.window(), op.space()));
    }

    @Override
    public Local reduce(Op.Reduce op) {
        return new LocalAxes.Reduce(node, op);
    }

    @Override
    public Local broadcast(Op.Broadcast op) {
        return new LocalAxes.Broadcast(node);
    }

    @Override
    public Local reshape(Op.Reshape op) {
        return new LocalAxes.Reshape(node);
    }

    @Override
    public Local transpose(Op.Transpose op) {
        return new LocalMoves.Transpose(node, op);
    }

    @Override
    public Local concat(Op.Concat op) {
        return new LocalMoves.Concat(node, op);
    }

    @Override
    public Local slice(Op.Slice op) {
        return new LocalMoves.Slice(node, op);
    }

    @Override
    public Local embed(Op.Embed op) {
        return LocalMoves.Embed.applies(op) ? new LocalMoves.Embed(node, op) : everywhere();
    }

    @Override
    public Local softmax(Op.Softmax op) {
        return new LocalAxes.Softmax(node, op.axis());
    }

    @Override
    public Local logSoftmax(Op.LogSoftmax op) {
        return new LocalAxes.Softmax(node, op.axis());
    }

    @Override
    public Local argMax(Op.ArgMax op) {
        return everywhere();
    }

    @Override
    public Local oneHot(Op.OneHot op) {
        return everywhere();
    }

    @Override
    public Local pick(Op.Pick op) {
        return everywhere();
    }

    @Override
    public Local meanOver(Op.MeanOver op) {
        return new LocalElementwise(node);
    }

    @Override
    public Local lookUp(Op.LookUp op) {
        return everywhere();
    }

    @Override
    public Local scan(Op.Scan op) {
        return everywhere();
    }
}
