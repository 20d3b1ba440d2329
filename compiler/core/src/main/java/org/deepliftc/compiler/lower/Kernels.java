package org.deepliftc.compiler.lower;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.OpCases;

/** Writes the kernel of one node that does not run in a group. */
final class Kernels implements OpCases<Void> {
    private final Operands operands;
    private final Node node;
    private final Operands.Placed out;
    private final Code code;
    private final AffineKernels affine;
    private final ConvolutionKernels convolutions;
    private final PoolKernels pools;
    private final MoveKernels moves;
    private final ReduceKernels reductions;

    Kernels(Operands operands, Node node, Operands.Placed out, Code code) {
        this.operands = operands;
        this.node = node;
        this.out = out;
        this.code = code;
        this.affine = new AffineKernels(operands);
        this.convolutions = new ConvolutionKernels(operands);
        this.pools = new PoolKernels(operands);
        this.moves = new MoveKernels(operands);
        this.reductions = new ReduceKernels(operands);
    }

    private Void never(String why) {
        throw new IllegalStateException(node + " reaches lowering, but " + why);
    }

    @Override
    public Void input(Op.Input op) {
        return never("leaves are given");
    }

    @Override
    public Void constant(Op.Constant op) {
        return never("constants are given");
    }

    @Override
    public Void elementwise(Op.Elementwise op) {
        return never("elementwise nodes run in groups");
    }

    @Override
    public Void dividedDifference(Op.DividedDifference op) {
        return never("elementwise nodes run in groups");
    }

    @Override
    public Void binary(Op.Binary op) {
        return never("elementwise nodes run in groups");
    }

    @Override
    public Void select(Op.Select op) {
        return never("elementwise nodes run in groups");
    }

    @Override
    public Void dense(Op.Dense op) {
        affine.dense(node, op, out, code);
        return null;
    }

    @Override
    public Void matMul(Op.MatMul op) {
        new MatMulKernel(operands, node, op, out).write(code);
        return null;
    }

    @Override
    public Void convolution(Op.Convolution op) {
        convolutions.convolution(node, op, out, code);
        return null;
    }

    @Override
    public Void convolutionTransposed(Op.ConvolutionTransposed op) {
        new ScatteredFilters(operands, node, op, out).write(node, code);
        return null;
    }

    @Override
    public Void batchNorm(Op.BatchNorm op) {
        return never("batch normalisation is expanded before");
    }

    @Override
    public Void maxPool(Op.MaxPool op) {
        pools.maxPool(node, op, out, code);
        return null;
    }

    @Override
    public Void argMaxPool(Op.ArgMaxPool op) {
        pools.argMaxPool(node, op, out, code);
        return null;
    }

    @Override
    public Void gatherPositions(Op.GatherPositions op) {
        pools.gatherPositions(node, out, code);
        return null;
    }

    @Override
    public Void scatterPositions(Op.ScatterPositions op) {
        pools.scatterPositions(node, out, code);
        return null;
    }

    @Override
    public Void segmentPool(Op.SegmentPool op) {
        new SegmentKernels(operands, op, node).write(out, code);
        return null;
    }

    @Override
    public Void averagePool(Op.AveragePool op) {
        if (op.direction() == Op.Direction.FORWARD) {
            pools.averagePool(node, op, out, code);
        } else {
            pools.averagePoolTransposed(node, op, out, code);
        }
        return null;
    }

    @Override
    public Void reduce(Op.Reduce op) {
        reductions.reduce(node, op, out, code);
        return null;
    }

    @Override
    public Void broadcast(Op.Broadcast op) {
        moves.broadcast(node, out, code);
        return null;
    }

    @Override
    public Void reshape(Op.Reshape op) {
        moves.reshape(node, out, code);
        return null;
    }

    @Override
    public Void transpose(Op.Transpose op) {
        moves.transpose(node, op, out, code);
        return null;
    }

    @Override
    public Void concat(Op.Concat op) {
        moves.concat(node, op, out, code);
        return null;
    }

    @Override
    public Void slice(Op.Slice op) {
        moves.slice(node, op, out, code);
        return null;
    }

    @Override
    public Void embed(Op.Embed op) {
        moves.embed(node, op, out, code);
        return null;
    }

    @Override
    public Void softmax(Op.Softmax op) {
        new SoftmaxKernel(operands, node, op.axis(), out).softmax(code);
        return null;
    }

    @Override
    public Void logSoftmax(Op.LogSoftmax op) {
        new SoftmaxKernel(operands, node, op.axis(), out).logSoftmax(code);
        return null;
    }

    @Override
    public Void argMax(Op.ArgMax op) {
        reductions.argMax(node, out, code);
        return null;
    }

    @Override
    public Void oneHot(Op.OneHot op) {
        reductions.oneHot(node, out, code);
        return null;
    }

    @Override
    public Void pick(Op.Pick op) {
        reductions.pick(node, out, code);
        return null;
    }

    @Override
    public Void meanOver(Op.MeanOver op) {
        return never("means over references are collected across phases");
    }

    @Override
    public Void scan(Op.Scan op) {
        return never("recurrences are loops around steps of their own");
    }

    @Override
    public Void lookUp(Op.LookUp op) {
        new LookUpKernels(operands).lookUp(node, out, code);
        return null;
    }
}
