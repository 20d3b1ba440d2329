package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;

/**
 * Matrix products and convolutions. Every output is one sum of fused multiply-adds that starts at the bias and rises
 * in the order of its weights; lanes are neighbouring outputs, whose weights lie side by side.
 */
final class AffineKernels {
    private final Operands operands;

    AffineKernels(Operands operands) {
        this.operands = operands;
    }

    /** Rows of the input times a matrix. */
    void dense(Node node, Op.Dense op, Buffer out, Code code) {
        Node x = node.input(0);
        boolean forward = op.direction() == Op.Direction.FORWARD;
        Shape weights = node.input(1).shape();
        int inner = weights.dim(forward ? 1 : 0);
        int outer = weights.dim(forward ? 0 : 1);
        // [inner, outer] either way: the weights of neighbouring outputs are neighbours
        Buffer w = forward ? operands.packed(node.input(1), List.of(1, 0)) : operands.buffer(node.input(1));
        code.loop(
                "row",
                x.shape().size() / inner,
                (rows, row) -> rows.lanes("o", outer, (lane, o) -> {
                    Expr.Var sum = lane.declare("sum", bias(node, o));
                    lane.loop(
                            "i",
                            inner,
                            (body, i) -> body.accumulate(
                                    sum,
                                    operands.load(x, plus(times(row, inner), i)),
                                    load(w, plus(times(i, outer), o))));
                    lane.store(out, plus(times(row, outer), o), sum);
                }));
    }

    private Expr bias(Node node, Expr output) {
        return node.inputs().size() > 2 ? operands.load(node.input(2), output) : real(0);
    }

    /** Matrices of two activations; leading axes broadcast. */
    void matMul(Node node, Op.MatMul op, Buffer out, Code code) {
        Shape a = node.input(0).shape();
        Shape b = node.input(1).shape();
        Shape y = node.shape();
        int rows = y.dim(y.rank() - 2);
        int columns = y.dim(y.rank() - 1);
        int inner = a.dim(a.rank() - (op.transposeLeft() ? 2 : 1));
        Shape batch = y.upTo(y.rank() - 2);
        int[] aBatch = scaled(Nest.broadcastStrides(a.upTo(a.rank() - 2), batch), rows * inner);
        int[] bBatch = scaled(Nest.broadcastStrides(b.upTo(b.rank() - 2), batch), inner * columns);
        int[] yBatch = scaled(batch.strides(), rows * columns);
        new Nest(batch.toArray(), List.of(aBatch, bBatch, yBatch))
                .write(
                        code,
                        (matrices, at) -> matrices.loop(
                                "row",
                                rows,
                                (rowCode, row) -> rowCode.lanes("column", columns, (lane, column) -> {
                                    Expr.Var sum = lane.declare("sum", real(0));
                                    lane.loop("t", inner, (body, t) -> {
                                        Expr left = op.transposeLeft()
                                                ? plus(times(t, rows), row)
                                                : plus(times(row, inner), t);
                                        Expr right = op.transposeRight()
                                                ? plus(times(column, inner), t)
                                                : plus(times(t, columns), column);
                                        body.accumulate(
                                                sum,
                                                operands.load(node.input(0), plus(at.get(0), left)),
                                                operands.load(node.input(1), plus(at.get(1), right)));
                                    });
                                    lane.store(out, plus(at.get(2), plus(times(row, columns), column)), sum);
                                })));
    }

    private static int[] scaled(int[] strides, int factor) {
        return Arrays.stream(strides).map(s -> s * factor).toArray();
    }

    /** A convolution without padding: for each position the filters are lanes. */
    void convolution(Node node, Op.Convolution op, Buffer out, Code code) {
        Geometry g = new Geometry(
                node.input(1).shape(), op.window(), op.groups(), node.input(0).shape(), node.shape());
        Buffer weights = operands.packed(node.input(1), g.filtersLast());
        code.loop(
                "group",
                op.groups(),
                (inGroup, group) -> inGroup.loops(
                        g.names("p"),
                        g.outExtents,
                        positions -> at -> positions.lanes("filter", g.filters, (lane, o) -> {
                            Expr filter = plus(times(group, g.filters), o);
                            Expr.Var sum = lane.declare("sum", bias(node, filter));
                            lane.loop(
                                    "c",
                                    g.channels,
                                    (channel, c) -> channel.loops(g.names("t"), g.taps, body -> tap -> {
                                        Expr from = plus(
                                                times(plus(times(group, g.channels), c), g.inPlane),
                                                g.inPosition(at, tap));
                                        Expr weight = plus(times(g.weight(c, tap), g.filters * op.groups()), filter);
                                        body.accumulate(sum, operands.load(node.input(0), from), load(weights, weight));
                                    }));
                            lane.store(out, plus(times(filter, g.outPlane), g.outPosition(at)), sum);
                        })));
    }

    /**
     * The transpose of a convolution without padding, scattered: every multiplier that is not 0 adds its filter to the
     * positions its window covers. What a max pool hands back is nearly all zeros and costs nearly nothing.
     */
    void convolutionTransposed(Node node, Op.ConvolutionTransposed op, Buffer out, Code code) {
        Geometry g = new Geometry(
                node.input(1).shape(),
                op.window(),
                op.groups(),
                node.shape(),
                node.input(0).shape());
        Buffer weights = operands.buffer(node.input(1));
        code.fill(out, node.shape().size(), real(0));
        code.loop(
                "group",
                op.groups(),
                (inGroup, group) -> inGroup.loop("o", g.filters, (ofFilter, o) -> {
                    Expr filter = ofFilter.let("filter", plus(times(group, g.filters), o));
                    ofFilter.loops(g.names("p"), g.outExtents, positions -> at -> {
                        Expr m = positions.let(
                                "m", operands.load(node.input(0), plus(times(filter, g.outPlane), g.outPosition(at))));
                        positions.when(
                                Code.compare(m, Expr.Relation.NOT_EQUAL, real(0)),
                                then -> then.loop(
                                        "c",
                                        g.channels,
                                        (channel, c) -> channel.loops(g.names("t"), g.taps, body -> tap -> {
                                            Expr to = plus(
                                                    times(plus(times(group, g.channels), c), g.inPlane),
                                                    g.inPosition(at, tap));
                                            Expr weight =
                                                    plus(times(filter, g.channels * g.tapCount), g.weight(c, tap));
                                            body.store(out, to, new Expr.Fma(m, load(weights, weight), load(out, to)));
                                        })));
                    });
                }));
    }

    /** The arithmetic of a convolution's indices. */
    private static final class Geometry {
        private final Window window;
        private final int filters;
        private final int channels;
        private final int[] taps;
        private final int tapCount;
        private final int[] outExtents;
        private final int[] outStrides;
        private final int[] inStrides;
        private final int inPlane;
        private final int outPlane;

        Geometry(Shape weights, Window window, int groups, Shape in, Shape out) {
            this.window = window;
            this.filters = weights.dim(0) / groups;
            this.channels = weights.dim(1);
            this.taps = weights.from(2).toArray();
            this.tapCount = weights.from(2).size();
            this.outExtents = out.from(1).toArray();
            this.outStrides = out.from(1).strides();
            this.inStrides = in.from(1).strides();
            this.inPlane = in.from(1).size();
            this.outPlane = out.from(1).size();
        }

        List<String> names(String prefix) {
            List<String> names = new ArrayList<>();
            for (int axis = 0; axis < taps.length; axis++) {
                names.add(taps.length == 1 ? prefix : prefix + "yx".charAt(axis % 2) + (axis > 1 ? axis : ""));
            }
            return names;
        }

        List<Integer> filtersLast() {
            List<Integer> order = new ArrayList<>();
            for (int axis = 1; axis < taps.length + 2; axis++) {
                order.add(axis);
            }
            order.add(0);
            return order;
        }

        Expr outPosition(List<Expr> at) {
            Expr position = integer(0);
            for (int axis = 0; axis < outExtents.length; axis++) {
                position = plus(position, times(at.get(axis), outStrides[axis]));
            }
            return position;
        }

        Expr inPosition(List<Expr> at, List<Expr> tap) {
            Expr position = integer(0);
            for (int axis = 0; axis < taps.length; axis++) {
                Expr along = plus(
                        times(at.get(axis), window.stride().get(axis)),
                        times(tap.get(axis), window.dilation().get(axis)));
                position = plus(position, times(along, inStrides[axis]));
            }
            return position;
        }

        /** Position of a weight within its filter. */
        Expr weight(Expr channel, List<Expr> tap) {
            Expr position = channel;
            for (int axis = 0; axis < taps.length; axis++) {
                position = plus(times(position, taps[axis]), tap.get(axis));
            }
            return position;
        }
    }
}
