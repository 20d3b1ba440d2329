package org.deepliftc.compiler.interpret;

import java.util.List;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.OpCases;
import org.deepliftc.compiler.graph.Shape;

/** The value of one operator, from the values of its inputs. Leaves that are given when called have none here. */
final class OperatorMeaning implements OpCases<double[]> {
    private final List<double[]> inputs;
    private final List<Shape> shapes;
    private final Shape result;

    /**
     * @param inputs row-major values; only read
     * @param shapes the shape of each input
     * @param result the shape of the node
     */
    OperatorMeaning(List<double[]> inputs, List<Shape> shapes, Shape result) {
        this.inputs = inputs;
        this.shapes = shapes;
        this.result = result;
    }

    private double[] in(int index) {
        return inputs.get(index);
    }

    private double[] broadcastInput(int index) {
        return Coordinates.broadcast(in(index), shapes.get(index), result);
    }

    @Override
    public double[] input(Op.Input op) {
        throw new IllegalArgumentException("no value is bound to " + op.role() + " input " + op.index());
    }

    @Override
    public double[] constant(Op.Constant op) {
        return op.data().toArray();
    }

    @Override
    public double[] elementwise(Op.Elementwise op) {
        boolean sloped = op.activation().inputs() == 2;
        double[] slope = sloped ? broadcastInput(1) : in(0);
        double[] y = new double[in(0).length];
        for (int i = 0; i < y.length; i++) {
            y[i] = ScalarMeaning.value(op.activation(), in(0)[i], slope[i]);
        }
        return y;
    }

    @Override
    public double[] dividedDifference(Op.DividedDifference op) {
        boolean sloped = op.activation().inputs() == 2;
        double[] slope = sloped ? broadcastInput(2) : in(0);
        double[] y = new double[in(0).length];
        for (int i = 0; i < y.length; i++) {
            y[i] = ScalarMeaning.dividedDifference(op.activation(), in(0)[i], in(1)[i], slope[i]);
        }
        return y;
    }

    @Override
    public double[] binary(Op.Binary op) {
        double[] all = broadcastInput(0);
        for (int k = 1; k < inputs.size(); k++) {
            double[] next = broadcastInput(k);
            for (int i = 0; i < all.length; i++) {
                all[i] = combined(op.kind(), all[i], next[i]);
            }
        }
        return all;
    }

    private static double combined(Op.BinaryKind kind, double a, double b) {
        return switch (kind) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MAXIMUM -> Math.max(a, b);
            case MINIMUM -> Math.min(a, b);
            case AT_LEAST -> a >= b ? 1 : 0;
            case SLOPE -> b == 0 ? 1 : a / b;
        };
    }

    @Override
    public double[] select(Op.Select op) {
        double[] y = new double[result.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = in(0)[i] != 0 ? in(1)[i] : in(2)[i];
        }
        return y;
    }

    @Override
    public double[] dense(Op.Dense op) {
        boolean forward = op.direction() == Op.Direction.FORWARD;
        int columns = shapes.get(1).dim(1);
        int in = forward ? columns : shapes.get(1).dim(0);
        int out = forward ? shapes.get(1).dim(0) : columns;
        double[] y = new double[result.size()];
        for (int i = 0; i < y.length; i++) {
            int row = i / out;
            int o = i % out;
            double sum = 0;
            for (int k = 0; k < in; k++) {
                sum += in(1)[forward ? o * columns + k : k * columns + o] * in(0)[row * in + k];
            }
            y[i] = inputs.size() > 2 ? sum + in(2)[o] : sum;
        }
        return y;
    }

    @Override
    public double[] matMul(Op.MatMul op) {
        int rank = result.rank();
        Shape batch = result.upTo(rank - 2);
        int[] left = matrixStrides(0, op.transposeLeft(), batch);
        int[] right = matrixStrides(1, op.transposeRight(), batch);
        int inner = shapes.get(0).dim(shapes.get(0).rank() - (op.transposeLeft() ? 2 : 1));
        double[] y = new double[result.size()];
        int[] at = Coordinates.first(result);
        for (int i = 0; i < y.length; i++) {
            int row = at[rank - 2];
            int column = at[rank - 1];
            int a = batchOffset(at, left) + row * left[rank - 2];
            int b = batchOffset(at, right) + column * right[rank - 1];
            for (int k = 0; k < inner; k++) {
                y[i] += in(0)[a + k * left[rank - 1]] * in(1)[b + k * right[rank - 2]];
            }
            Coordinates.advance(at, result);
        }
        return y;
    }

    /** Strides over (batch..., row, column) of operand {@code index}, as the product reads it. */
    private int[] matrixStrides(int index, boolean transposed, Shape batch) {
        Shape shape = shapes.get(index);
        int[] own = shape.strides();
        int[] strides = new int[batch.rank() + 2];
        int[] outer = Coordinates.broadcastStrides(shape.upTo(shape.rank() - 2), batch);
        int matrix = shape.dim(shape.rank() - 2) * shape.dim(shape.rank() - 1);
        for (int axis = 0; axis < outer.length; axis++) {
            strides[axis] = outer[axis] * matrix;
        }
        strides[batch.rank()] = own[shape.rank() - (transposed ? 1 : 2)];
        strides[batch.rank() + 1] = own[shape.rank() - (transposed ? 2 : 1)];
        return strides;
    }

    private static int batchOffset(int[] at, int[] strides) {
        int offset = 0;
        for (int axis = 0; axis < at.length - 2; axis++) {
            offset += at[axis] * strides[axis];
        }
        return offset;
    }

    @Override
    public double[] convolution(Op.Convolution op) {
        WindowMeaning windows = new WindowMeaning(op.window(), shapes.get(0).from(1));
        double[] y = windows.convolution(in(0), in(1), shapes.get(1), op.groups());
        int positions = y.length / result.dim(0);
        for (int i = 0; i < y.length && inputs.size() > 2; i++) {
            y[i] += in(2)[i / positions];
        }
        return y;
    }

    @Override
    public double[] convolutionTransposed(Op.ConvolutionTransposed op) {
        return new WindowMeaning(op.window(), op.space())
                .convolutionTransposed(in(0), in(1), shapes.get(1), op.groups());
    }

    @Override
    public double[] batchNorm(Op.BatchNorm op) {
        double[] y = new double[result.size()];
        int positions = y.length / result.dim(0);
        for (int i = 0; i < y.length; i++) {
            int c = i / positions;
            double scale = in(1)[c] / Math.sqrt(in(4)[c] + op.epsilon());
            y[i] = scale * (in(0)[i] - in(3)[c]) + in(2)[c];
        }
        return y;
    }

    @Override
    public double[] maxPool(Op.MaxPool op) {
        return new WindowMeaning(op.window(), shapes.get(0).from(1)).maxPool(in(0), result.dim(0));
    }

    @Override
    public double[] argMaxPool(Op.ArgMaxPool op) {
        return new WindowMeaning(op.window(), shapes.get(0).from(1)).winners(in(0), result.dim(0));
    }

    @Override
    public double[] gatherPositions(Op.GatherPositions op) {
        int positions = shapes.get(0).from(1).size();
        int each = result.from(1).size();
        double[] y = new double[result.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = in(0)[i / each * positions + (int) in(1)[i]];
        }
        return y;
    }

    @Override
    public double[] scatterPositions(Op.ScatterPositions op) {
        int positions = op.space().size();
        int each = shapes.get(0).from(1).size();
        double[] y = new double[result.size()];
        for (int i = 0; i < in(0).length; i++) {
            y[i / each * positions + (int) in(1)[i]] += in(0)[i];
        }
        return y;
    }

    @Override
    public double[] segmentPool(Op.SegmentPool op) {
        SegmentMeaning segments = new SegmentMeaning(op.window(), op.space(), in(1), in(2));
        return op.direction() == Op.Direction.FORWARD
                ? segments.forward(in(0), result.dim(0))
                : segments.transposed(in(0), result.dim(0));
    }

    @Override
    public double[] averagePool(Op.AveragePool op) {
        WindowMeaning windows = new WindowMeaning(op.window(), op.space());
        return op.direction() == Op.Direction.FORWARD
                ? windows.averagePool(in(0), result.dim(0), op.countPadding())
                : windows.averagePoolTransposed(in(0), result.dim(0), op.countPadding());
    }

    @Override
    public double[] reduce(Op.Reduce op) {
        return MovementMeaning.reduce(op, in(0), shapes.get(0));
    }

    @Override
    public double[] broadcast(Op.Broadcast op) {
        return broadcastInput(0);
    }

    @Override
    public double[] reshape(Op.Reshape op) {
        return in(0).clone();
    }

    @Override
    public double[] transpose(Op.Transpose op) {
        return MovementMeaning.transpose(in(0), shapes.get(0), result, op.permutation());
    }

    @Override
    public double[] concat(Op.Concat op) {
        return MovementMeaning.concat(inputs, shapes, op.axis(), result);
    }

    @Override
    public double[] slice(Op.Slice op) {
        return MovementMeaning.slice(op, in(0), shapes.get(0));
    }

    @Override
    public double[] embed(Op.Embed op) {
        return MovementMeaning.embed(op, in(0), shapes.get(0));
    }

    @Override
    public double[] softmax(Op.Softmax op) {
        return MovementMeaning.softmax(in(0), result, op.axis());
    }

    @Override
    public double[] logSoftmax(Op.LogSoftmax op) {
        return MovementMeaning.logSoftmax(in(0), result, op.axis());
    }

    @Override
    public double[] argMax(Op.ArgMax op) {
        int best = 0;
        for (int i = 1; i < in(0).length; i++) {
            best = in(0)[i] > in(0)[best] ? i : best;
        }
        return new double[] {best};
    }

    @Override
    public double[] oneHot(Op.OneHot op) {
        double[] y = new double[result.size()];
        y[position(in(0)[0], y.length)] = 1;
        return y;
    }

    @Override
    public double[] pick(Op.Pick op) {
        return new double[] {in(0)[position(in(1)[0], in(0).length)]};
    }

    private static int position(double index, int size) {
        if (!(index >= 0 && index < size)) {
            throw new IllegalArgumentException("index " + (long) index + " is outside of 0 to " + (size - 1));
        }
        return (int) index;
    }

    /** The mean of one value: several are the business of {@link JointInterpreter}. */
    @Override
    public double[] meanOver(Op.MeanOver op) {
        return in(0).clone();
    }

    @Override
    public double[] scan(Op.Scan op) {
        return ScanMeaning.stack(op, inputs);
    }

    @Override
    public double[] lookUp(Op.LookUp op) {
        int entries = shapes.get(1).dim(0);
        int size = shapes.get(1).from(1).size();
        double[] y = new double[result.size()];
        for (int i = 0; i < in(0).length; i++) {
            int entry = Math.max(0, Math.min(entries - 1, (int) in(0)[i]));
            System.arraycopy(in(1), entry * size, y, i * size, size);
        }
        return y;
    }
}
