package org.deepliftc.compiler.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of an operator's result. Messages speak of the operator's operands in words, for they reach the user with
 * the node's name in front.
 */
final class ShapeInference implements OpCases<Shape> {
    private final List<Node> inputs;

    ShapeInference(List<Node> inputs) {
        this.inputs = inputs;
    }

    private Shape shape(int input) {
        if (input >= inputs.size()) {
            throw new IllegalArgumentException("needs " + (input + 1) + " inputs, has " + inputs.size());
        }
        return inputs.get(input).shape();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public Shape input(Op.Input op) {
        return op.shape();
    }

    @Override
    public Shape constant(Op.Constant op) {
        return op.data().shape();
    }

    @Override
    public Shape elementwise(Op.Elementwise op) {
        if (op.activation().inputs() == 2) {
            requireSlope(shape(0), shape(1));
        }
        return shape(0);
    }

    @Override
    public Shape dividedDifference(Op.DividedDifference op) {
        require(shape(0).equals(shape(1)), "divided difference between shapes " + shape(0) + " and " + shape(1));
        if (op.activation().inputs() == 2) {
            requireSlope(shape(0), shape(2));
        }
        return shape(0);
    }

    private static void requireSlope(Shape value, Shape slope) {
        require(
                slope.rank() <= value.rank() && Shape.broadcast(value, slope).equals(value),
                "a slope of shape " + slope + " does not broadcast to " + value);
    }

    @Override
    public Shape binary(Op.Binary op) {
        require(
                inputs.size() == 2 || op.kind().isVariadic(),
                "takes two operands, not " + inputs.size() + ": " + op.kind());
        Shape all = Shape.broadcast(shape(0), shape(1));
        for (int i = 2; i < inputs.size(); i++) {
            all = Shape.broadcast(all, shape(i));
        }
        return all;
    }

    @Override
    public Shape select(Op.Select op) {
        require(
                shape(0).equals(shape(1)) && shape(1).equals(shape(2)),
                "select needs three equal shapes, has " + shape(0) + ", " + shape(1) + ", " + shape(2));
        return shape(1);
    }

    @Override
    public Shape dense(Op.Dense op) {
        Shape x = shape(0);
        Shape weights = shape(1);
        require(weights.rank() == 2, "weights of a dense layer are [out, in], not " + weights);
        require(x.rank() >= 1, "a dense layer needs at least one axis, the input is a scalar");
        int in = weights.dim(op.direction() == Op.Direction.FORWARD ? 1 : 0);
        int out = weights.dim(op.direction() == Op.Direction.FORWARD ? 0 : 1);
        require(
                x.dim(x.rank() - 1) == in,
                "expects " + in + " inputs (weights are " + weights + ") but gets " + x.dim(x.rank() - 1) + " from "
                        + x);
        if (inputs.size() > 2) {
            require(shape(2).equals(Shape.of(out)), "expects a bias of [" + out + "], not " + shape(2));
        }
        return x.with(x.rank() - 1, out);
    }

    @Override
    public Shape matMul(Op.MatMul op) {
        Shape a = shape(0);
        Shape b = shape(1);
        require(a.rank() >= 2 && b.rank() >= 2, "a matrix product needs two axes on each side: " + a + " @ " + b);
        int rows = a.dim(a.rank() - (op.transposeLeft() ? 1 : 2));
        int inner = a.dim(a.rank() - (op.transposeLeft() ? 2 : 1));
        int other = b.dim(b.rank() - (op.transposeRight() ? 1 : 2));
        int columns = b.dim(b.rank() - (op.transposeRight() ? 2 : 1));
        require(inner == other, "the inner extents of " + a + " @ " + b + " differ: " + inner + " and " + other);
        Shape batch = Shape.broadcast(a.upTo(a.rank() - 2), b.upTo(b.rank() - 2));
        return batch.append(Shape.of(rows, columns));
    }

    @Override
    public Shape convolution(Op.Convolution op) {
        Shape x = shape(0);
        Shape weights = shape(1);
        requireConvolution(op.window(), op.groups(), weights);
        require(
                x.rank() == op.window().rank() + 1,
                "a convolution over " + op.window().rank() + " spatial axes reads [channels, space...], not " + x);
        require(
                x.dim(0) == weights.dim(1) * op.groups(),
                "expects " + weights.dim(1) * op.groups() + " input channels (weights are " + weights
                        + (op.groups() > 1 ? ", groups = " + op.groups() : "") + ") but gets " + x.dim(0) + " from "
                        + x);
        if (inputs.size() > 2) {
            require(
                    shape(2).equals(Shape.of(weights.dim(0))),
                    "expects a bias of [" + weights.dim(0) + "], not " + shape(2));
        }
        return Shape.of(weights.dim(0)).append(op.window().outputOf(x.from(1)));
    }

    private static void requireConvolution(Window window, int groups, Shape weights) {
        require(
                weights.rank() == window.rank() + 2 && weights.from(2).dims().equals(window.size()),
                "weights of this convolution are [filters, channels, " + window.size() + "], not " + weights);
        require(
                groups >= 1 && weights.dim(0) % groups == 0,
                weights.dim(0) + " filters do not split into " + groups + " groups");
    }

    @Override
    public Shape convolutionTransposed(Op.ConvolutionTransposed op) {
        Shape weights = shape(1);
        requireConvolution(op.window(), op.groups(), weights);
        Shape expected = Shape.of(weights.dim(0)).append(op.window().outputOf(op.space()));
        require(shape(0).equals(expected), "hands back from " + expected + ", not from " + shape(0));
        return Shape.of(weights.dim(1) * op.groups()).append(op.space());
    }

    @Override
    public Shape batchNorm(Op.BatchNorm op) {
        require(shape(0).rank() >= 1, "batch normalisation needs a channel axis, the input is a scalar");
        Shape channels = Shape.of(shape(0).dim(0));
        String[] names = {"", "scale", "shift", "mean", "variance"};
        for (int i = 1; i <= 4; i++) {
            require(shape(i).equals(channels), "expects a " + names[i] + " of " + channels + ", not " + shape(i));
        }
        return shape(0);
    }

    @Override
    public Shape maxPool(Op.MaxPool op) {
        return pooled(op.window());
    }

    @Override
    public Shape argMaxPool(Op.ArgMaxPool op) {
        return pooled(op.window());
    }

    private Shape pooled(Window window) {
        Shape x = shape(0);
        require(
                x.rank() == window.rank() + 1,
                "a pool over " + window.rank() + " spatial axes reads [channels, space...], not " + x);
        Shape out = window.outputOf(x.from(1));
        for (int axis = 0; axis < window.rank(); axis++) {
            for (int position = 0; position < out.dim(axis); position++) {
                require(
                        seesInput(window, axis, position, x.dim(axis + 1)),
                        "window " + position + " of the pool lies in the padding alone: pad less");
            }
        }
        return Shape.of(x.dim(0)).append(out);
    }

    private static boolean seesInput(Window window, int axis, int position, int extent) {
        int start = position * window.stride().get(axis) - window.padBefore().get(axis);
        for (int tap = 0; tap < window.size().get(axis); tap++) {
            int at = start + tap * window.dilation().get(axis);
            if (at >= 0 && at < extent) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Shape gatherPositions(Op.GatherPositions op) {
        require(shape(0).dim(0) == shape(1).dim(0), "positions for other channels than those gathered from");
        return shape(1);
    }

    @Override
    public Shape scatterPositions(Op.ScatterPositions op) {
        require(shape(0).equals(shape(1)), "scatters " + shape(0) + " by positions of " + shape(1));
        return Shape.of(shape(0).dim(0)).append(op.space());
    }

    @Override
    public Shape segmentPool(Op.SegmentPool op) {
        require(shape(1).equals(shape(2)), "a straight path between " + shape(1) + " and " + shape(2));
        require(shape(1).from(1).equals(op.space()), "pools over " + op.space() + ", not over " + shape(1));
        Shape channels = Shape.of(shape(1).dim(0));
        Shape out = channels.append(op.window().outputOf(op.space()));
        boolean forward = op.direction() == Op.Direction.FORWARD;
        Shape read = forward ? shape(1) : out;
        require(shape(0).equals(read), "reads " + read + ", not " + shape(0));
        return forward ? out : shape(1);
    }

    @Override
    public Shape averagePool(Op.AveragePool op) {
        if (op.direction() == Op.Direction.FORWARD) {
            require(shape(0).from(1).equals(op.space()), "pools over " + op.space() + ", not over " + shape(0));
            return pooled(op.window());
        }
        require(
                shape(0).from(1).equals(op.window().outputOf(op.space())),
                "hands back from " + op.window().outputOf(op.space()) + ", not from " + shape(0));
        return Shape.of(shape(0).dim(0)).append(op.space());
    }

    @Override
    public Shape reduce(Op.Reduce op) {
        List<Integer> dims = new ArrayList<>();
        Shape x = shape(0);
        op.axes().forEach(a -> require(a >= 0 && a < x.rank(), "axis " + a + " is not an axis of " + x));
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!op.axes().contains(axis)) {
                dims.add(x.dim(axis));
            } else if (op.keepDims()) {
                dims.add(1);
            }
        }
        return new Shape(dims);
    }

    @Override
    public Shape broadcast(Op.Broadcast op) {
        require(
                Shape.broadcast(shape(0), op.shape()).equals(op.shape()),
                shape(0) + " does not broadcast to " + op.shape());
        return op.shape();
    }

    @Override
    public Shape reshape(Op.Reshape op) {
        require(
                shape(0).size() == op.shape().size(),
                "cannot reshape " + shape(0) + " (" + shape(0).size() + " elements) to " + op.shape() + " ("
                        + op.shape().size() + " elements)");
        return op.shape();
    }

    @Override
    public Shape transpose(Op.Transpose op) {
        Shape x = shape(0);
        List<Integer> sorted = new ArrayList<>(op.permutation());
        sorted.sort(null);
        List<Integer> axes = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            axes.add(axis);
        }
        require(sorted.equals(axes), op.permutation() + " is not a permutation of the axes of " + x);
        List<Integer> dims = new ArrayList<>();
        op.permutation().forEach(axis -> dims.add(x.dim(axis)));
        return new Shape(dims);
    }

    @Override
    public Shape concat(Op.Concat op) {
        Shape first = shape(0);
        require(op.axis() >= 0 && op.axis() < first.rank(), "axis " + op.axis() + " is not an axis of " + first);
        int extent = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Shape each = shape(i);
            require(
                    each.rank() == first.rank() && each.with(op.axis(), 1).equals(first.with(op.axis(), 1)),
                    "cannot join " + first + " and " + each + " along axis " + op.axis());
            extent += each.dim(op.axis());
        }
        return first.with(op.axis(), extent);
    }

    @Override
    public Shape slice(Op.Slice op) {
        requirePlacement(op.starts(), op.steps(), op.shape(), shape(0), "slice");
        return op.shape();
    }

    @Override
    public Shape embed(Op.Embed op) {
        requirePlacement(op.starts(), op.steps(), shape(0), op.shape(), "pad");
        return op.shape();
    }

    private static void requirePlacement(
            List<Integer> starts, List<Integer> steps, Shape inner, Shape outer, String what) {
        require(
                starts.size() == inner.rank() && steps.size() == inner.rank() && outer.rank() == inner.rank(),
                "a " + what + " from or to " + outer + " needs " + outer.rank() + " starts and steps");
        for (int axis = 0; axis < inner.rank(); axis++) {
            long first = starts.get(axis);
            long last = first + (inner.dim(axis) - 1L) * steps.get(axis);
            require(steps.get(axis) != 0, "the step of a " + what + " is 0 along axis " + axis);
            require(
                    Math.min(first, last) >= 0 && Math.max(first, last) < outer.dim(axis),
                    "a " + what + " reaches from " + first + " to " + last + " along axis " + axis + " of " + outer);
        }
    }

    @Override
    public Shape softmax(Op.Softmax op) {
        return normalised(op.axis());
    }

    @Override
    public Shape logSoftmax(Op.LogSoftmax op) {
        return normalised(op.axis());
    }

    private Shape normalised(int axis) {
        require(axis >= 0 && axis < shape(0).rank(), "axis " + axis + " is not an axis of " + shape(0));
        return shape(0);
    }

    @Override
    public Shape argMax(Op.ArgMax op) {
        return Shape.SCALAR;
    }

    @Override
    public Shape oneHot(Op.OneHot op) {
        require(shape(0).rank() == 0, "a target is one index, not " + shape(0));
        return op.shape();
    }

    @Override
    public Shape pick(Op.Pick op) {
        require(shape(1).rank() == 0, "a target is one index, not " + shape(1));
        return Shape.SCALAR;
    }

    @Override
    public Shape meanOver(Op.MeanOver op) {
        return shape(0);
    }

    @Override
    public Shape scan(Op.Scan op) {
        ScanBody body = op.body();
        int count = body.carried() + body.scanned();
        require(inputs.size() == count, "a recurrence reads " + count + " values, not " + inputs.size());
        for (int i = 0; i < count; i++) {
            boolean state = i < body.carried();
            java.util.Optional<Node> leaf =
                    state ? body.leaf(Op.Role.CARRIED, i) : body.leaf(Op.Role.SCANNED, i - body.carried());
            if (leaf.isPresent()) {
                Shape wanted =
                        state ? leaf.get().shape() : body.stacked(leaf.get().shape());
                require(
                        shape(i).equals(wanted),
                        (state ? "a state" : "a sequence") + " of this recurrence is " + wanted + ", not " + shape(i));
            }
        }
        return body.stacked(body.graph().outputs().get(op.output()).shape());
    }

    @Override
    public Shape lookUp(Op.LookUp op) {
        require(shape(1).rank() >= 1, "a table has at least one axis, of its entries");
        return shape(0).append(shape(1).from(1));
    }
}
