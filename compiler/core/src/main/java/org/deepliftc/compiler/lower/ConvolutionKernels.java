package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/** Convolutions without padding, whose borders were made before, and their transposes. */
final class ConvolutionKernels {
    private final Operands operands;

    ConvolutionKernels(Operands operands) {
        this.operands = operands;
    }

    /**
     * For each position the filters are lanes; the window is read in the order in which it lies in memory, which for an
     * image with its channels last is one run for each row of the window.
     */
    void convolution(Node node, Op.Convolution op, Operands.Placed out, Code code) {
        Node x = node.input(0);
        Geometry g = new Geometry(
                node.input(1).shape(), op.window(), op.groups(), operands.view(x), out.view(), operands.needed(node));
        if (g.isDepthwise()) {
            depthwise(node, g, out, code);
            return;
        }
        Optional<OneHotKernels.Words> words = operands.words(node);
        if (words.isPresent()) {
            new OneHotKernels(operands)
                    .convolution(
                            node, op, words.get(), out, code, row -> dense(node, op, g, out, row, Consumer::accept));
            return;
        }
        if (FewFilters.applies(node, op, operands.view(x))) {
            new FewFilters(operands, node, op, out.view()).write(code);
            return;
        }
        boolean whole =
                Arrays.equals(operands.needed(node), node.shape().from(1).toArray());
        Optional<WinogradChoice> winograd = whole
                ? operands.winograd()
                        .flatMap(rows -> WinogradKernels.choice(node, op, operands.view(x), out.view(), rows))
                : Optional.empty();
        if (winograd.isPresent()) {
            new WinogradKernels(operands, node, op, winograd.get(), operands.view(x), out.view()).write(code);
            return;
        }
        dense(node, op, g, out, code, (body, inner) -> operands.eachRow(inner, body));
    }

    /** Where the rows of the tile are walked through: inside the panels, or not at all. */
    private interface EachRow {
        void write(Consumer<Code> body, Code code);
    }

    private void dense(Node node, Op.Convolution op, Geometry g, Operands.Placed out, Code code, EachRow eachRow) {
        Node x = node.input(0);
        Panels panels = Panels.of(g.filters);
        Sum sum = g.sum();
        int weightsOfGroup = panels.count() * sum.size() * Panels.WIDTH;
        Buffer weights =
                operands.packed(node.input(1), new Packing(g.packing(panels, sum), weightsOfGroup * op.groups()));
        Optional<Buffer> bias = g.bias(node, panels, operands);
        code.loop("group", op.groups(), (inGroup, group) -> {
            View filters = g.filtersOfGroup(out.view());
            panels.each(
                    inGroup,
                    filters,
                    (block, panel) -> eachRow.write(
                            rows -> rows.rows(
                                    g.names("p"),
                                    g.outExtents,
                                    positions -> at -> panel.lanes(positions, lane -> {
                                        Expr ofGroup = times(group, panels.count());
                                        Expr.Var total = lane.code().declare("sum", lane.bias(bias, ofGroup));
                                        Expr from = plus(g.inPosition(at), times(group, g.channels * g.channelStride));
                                        sum.write(
                                                lane.code(),
                                                (body, position, weight) -> body.accumulate(
                                                        total,
                                                        operands.element(
                                                                operands.placed(x)
                                                                        .buffer(),
                                                                plus(from, position)),
                                                        load(
                                                                weights,
                                                                plus(
                                                                        times(group, weightsOfGroup),
                                                                        lane.weight(weight, sum.size())))));
                                        Expr to = plus(g.outPosition(at), times(group, g.filters * g.filterStride));
                                        operands.store(lane.code(), out.buffer(), plus(to, lane.output()), total);
                                    })),
                            block));
        });
    }

    /** One filter for each channel: channels are lanes. */
    private void depthwise(Node node, Geometry g, Operands.Placed out, Code code) {
        int channels = node.shape().dim(0);
        int width = View.padded(channels);
        List<Packing.Axis> axes = new ArrayList<>(List.of(Packing.Axis.plain(channels, 1)));
        axes.add(Packing.Axis.plain(1, 1));
        Sum sum = g.sum();
        axes.addAll(sum.axes(width).subList(1, g.taps.length + 1)); // the axis of channels has extent 1
        Buffer weights = operands.packed(node.input(1), new Packing(axes, sum.size() * width));
        Optional<Buffer> bias = node.inputs().size() < 3
                ? Optional.empty()
                : Optional.of(
                        operands.packed(node.input(2), new Packing(List.of(Packing.Axis.plain(channels, 1)), width)));
        int room = out.view().room(channels);
        operands.eachRow(
                code,
                rows -> rows.rows(
                        g.names("p"),
                        g.outExtents,
                        positions -> at -> positions.lanes("c", channels, room, (lane, c) -> {
                            Expr start = bias.map(b -> load(b, c)).orElse(real(0));
                            Expr.Var total = lane.declare("sum", start);
                            Expr from = plus(g.inPosition(at), times(c, g.channelStride));
                            sum.write(
                                    lane,
                                    (body, position, weight) -> body.accumulate(
                                            total,
                                            operands.element(
                                                    operands.placed(node.input(0))
                                                            .buffer(),
                                                    plus(from, position)),
                                            load(weights, plus(times(weight, width), c))));
                            Expr to = plus(plus(g.outPosition(at), out.view().offset()), times(c, g.filterStride));
                            operands.store(lane, out.buffer(), to, total);
                        })));
    }

    /** The arithmetic of a convolution's indices; "in" is the side of the channels, "out" that of the filters. */
    private static final class Geometry {
        private final Window window;
        private final View in;
        private final View out;
        private final int groups;
        private final int filters;
        private final int channels;
        private final int[] taps;
        private final int[] outExtents;
        private final int channelStride;
        private final int filterStride;

        Geometry(Shape weights, Window window, int groups, View in, View out, int[] needed) {
            this.window = window;
            this.in = in;
            this.out = out;
            this.groups = groups;
            this.filters = weights.dim(0) / groups;
            this.channels = weights.dim(1);
            this.taps = weights.from(2).toArray();
            this.outExtents = needed;
            this.channelStride = in.stride(0);
            this.filterStride = out.stride(0);
        }

        boolean isDepthwise() {
            return groups > 1 && filters == 1 && channels == 1;
        }

        List<String> names(String prefix) {
            List<String> names = new ArrayList<>();
            for (int axis = 0; axis < taps.length; axis++) {
                names.add(taps.length == 1 ? prefix : prefix + "yx".charAt(axis % 2) + (axis > 1 ? axis : ""));
            }
            return names;
        }

        /** The sum over channels and taps. */
        Sum sum() {
            int[] strides = new int[taps.length + 1];
            strides[0] = channelStride;
            Shape shape = Shape.of(channels);
            for (int axis = 0; axis < taps.length; axis++) {
                strides[axis + 1] = window.dilation().get(axis) * in.stride(axis + 1);
                shape = shape.append(Shape.of(taps[axis]));
            }
            return new Sum(shape, strides);
        }

        List<Packing.Axis> packing(Panels panels, Sum sum) {
            List<Packing.Axis> axes = new ArrayList<>();
            if (groups > 1) {
                axes.add(Packing.Axis.plain(groups, panels.count() * sum.size() * Panels.WIDTH));
            }
            axes.addAll(panels.axes(sum.size()));
            axes.addAll(sum.axes(Panels.WIDTH));
            return axes;
        }

        Optional<Buffer> bias(Node node, Panels panels, Operands operands) {
            if (node.inputs().size() < 3) {
                return Optional.empty();
            }
            List<Packing.Axis> axes = new ArrayList<>();
            if (groups > 1) {
                axes.add(Packing.Axis.plain(groups, panels.paddedLanes()));
            }
            axes.addAll(panels.axes(1));
            return Optional.of(operands.packed(node.input(2), new Packing(axes, groups * panels.paddedLanes())));
        }

        /** The view of the filters of one group as a row of outputs. */
        View filtersOfGroup(View whole) {
            int size = groups > 1 ? whole.offset() + filters : whole.size();
            int room = groups > 1 ? filters : whole.room(filters);
            return new View(Shape.of(filters), List.of(1), whole.offset(), Math.min(size, whole.offset() + room));
        }

        Expr outPosition(List<Expr> at) {
            Expr position = integer(0);
            for (int axis = 0; axis < outExtents.length; axis++) {
                position = plus(position, times(at.get(axis), out.stride(axis + 1)));
            }
            return position;
        }

        /** Where the window of an output begins. */
        Expr inPosition(List<Expr> at) {
            Expr position = integer(in.offset());
            for (int axis = 0; axis < taps.length; axis++) {
                position = plus(position, times(at.get(axis), window.stride().get(axis) * in.stride(axis + 1)));
            }
            return position;
        }
    }
}
