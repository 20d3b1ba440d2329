package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Packing;

/**
 * The transpose of a convolution without padding, scattered: every multiplier that is not 0 adds its filter to the
 * positions its window covers. What a max pool hands back is nearly all zeros and costs nearly nothing: only its winners
 * are visited.
 */
final class ScatteredFilters {
    private final Operands operands;
    private final Node m;
    private final Operands.Placed out;
    private final Window window;
    private final int groups;
    private final int filters;
    private final int channels;
    private final int[] taps;
    private final boolean alongSpace;
    private final int laneExtent;
    private final int width;

    ScatteredFilters(Operands operands, Node node, Op.ConvolutionTransposed op, Operands.Placed out) {
        this.operands = operands;
        this.m = node.input(0);
        this.out = out;
        this.window = op.window();
        this.groups = op.groups();
        Shape weights = node.input(1).shape();
        this.filters = weights.dim(0) / groups;
        this.channels = weights.dim(1);
        this.taps = weights.from(2).toArray();
        int last = taps.length - 1;
        this.alongSpace = out.view().stride(last + 1) == 1 && window.dilation().get(last) == 1;
        this.laneExtent = alongSpace ? taps[last] : channels;
        this.width = View.padded(laneExtent);
    }

    /** True where few channels lie side by side: then the taps of a filter are the lanes. */
    static boolean runsAlongSpace(Node node) {
        return node.shape().dim(0) < View.LANES && node.input(0).op() instanceof Op.ScatterPositions;
    }

    void write(Node node, Code code) {
        Buffer weights = operands.packed(node.input(1), packing());
        // A lane beyond the last tap adds 0 to what follows, the next row even: that row is filled afterwards.
        operands.eachRowInOrder(code, rows -> {
            new MoveKernels(operands).fill(out, 0, rows);
            rows.loop(
                    "group",
                    groups,
                    (inGroup, group) -> eachMultiplier(inGroup, group, (body, entry) -> {
                        Expr value = body.let("m", entry.value);
                        body.when(
                                Code.compare(value, Expr.Relation.NOT_EQUAL, real(0)),
                                then -> add(then, group, entry, value, weights));
                    }));
        });
    }

    /** A multiplier, its filter, and where its window begins. */
    private record Entry(Expr filter, Expr value, List<Expr> position) {}

    private void eachMultiplier(Code code, Expr group, BiConsumer<Code, Entry> body) {
        boolean winners = operands.isInlined(m);
        Node values = winners ? m.input(0) : m;
        Shape grid = values.shape();
        List<String> names = names("p", grid.rank() - 1);
        code.loops(
                names,
                grid.from(1).toArray(),
                positions -> at -> positions.loop("o", filters, (inner, o) -> {
                    Expr filter = inner.let("filter", plus(times(group, filters), o));
                    List<Expr> coordinates = new ArrayList<>(at);
                    coordinates.add(0, filter);
                    List<Expr> position = at;
                    if (winners) {
                        Expr flat = inner.let("winner", new Expr.ToInt(operands.load(m.input(1), coordinates)));
                        position = split(flat, m.shape().from(1));
                    }
                    body.accept(inner, new Entry(filter, operands.load(values, coordinates), position));
                }));
    }

    private static List<Expr> split(Expr flat, Shape space) {
        List<Expr> coordinates = new ArrayList<>();
        for (int axis = 0; axis < space.rank(); axis++) {
            int inner = space.from(axis + 1).size();
            Expr along = inner == 1 ? flat : Code.divide(flat, integer(inner));
            Expr wrapped =
                    axis == 0 ? along : new Expr.Binary(Expr.Operator.REMAINDER, along, integer(space.dim(axis)));
            coordinates.add(wrapped);
        }
        return coordinates;
    }

    private void add(Code code, Expr group, Entry entry, Expr value, Buffer weights) {
        Expr start = integer(out.view().offset());
        for (int axis = 0; axis < taps.length; axis++) {
            int stride = window.stride().get(axis) * out.view().stride(axis + 1);
            start = plus(start, times(entry.position.get(axis), stride));
        }
        start = code.let("start", plus(start, times(group, channels * out.view().stride(0))));
        Expr first = code.let("weightsAt", times(entry.filter, filterSize()));
        int outerTaps = alongSpace ? taps.length - 1 : taps.length;
        int[] extents = new int[outerTaps + (alongSpace ? 1 : 0)];
        List<String> names = new ArrayList<>(names("t", outerTaps));
        System.arraycopy(taps, 0, extents, 0, outerTaps);
        if (alongSpace) {
            extents[outerTaps] = channels;
            names.add("c");
        }
        Expr from = start;
        code.loops(names, extents, inner -> at -> {
            Expr to = from;
            Expr row = integer(0);
            for (int k = 0; k < extents.length; k++) {
                boolean channel = alongSpace && k == outerTaps;
                int stride = channel
                        ? out.view().stride(0)
                        : window.dilation().get(k) * out.view().stride(k + 1);
                to = plus(to, times(at.get(k), stride));
                row = plus(times(row, extents[k]), at.get(k));
            }
            Expr base = to;
            Expr weight = plus(first, times(row, width));
            Code.Body lane = (body, i) -> {
                Expr element = plus(base, alongSpace ? i : times(i, out.view().stride(0)));
                Expr sum = new Expr.Fma(value, load(weights, plus(weight, i)), operands.element(out.buffer(), element));
                operands.store(body, out.buffer(), element, sum);
            };
            if (alongSpace || out.view().stride(0) == 1) {
                inner.lanes("i", laneExtent, width, lane);
            } else {
                inner.loop("i", laneExtent, lane);
            }
        });
    }

    private int filterSize() {
        int size = width;
        for (int axis = 0; axis < taps.length; axis++) {
            size *= alongSpace && axis == taps.length - 1 ? channels : taps[axis];
        }
        return size;
    }

    /** Filters outermost, lanes innermost; in between the taps, and the channels where taps are the lanes. */
    private Packing packing() {
        List<Packing.Axis> axes = new ArrayList<>();
        int stride = width;
        if (alongSpace) {
            axes.add(Packing.Axis.plain(taps[taps.length - 1], 1));
            axes.add(0, Packing.Axis.plain(channels, stride));
            stride *= channels;
        } else {
            axes.add(Packing.Axis.plain(channels, 1));
        }
        for (int axis = (alongSpace ? taps.length - 2 : taps.length - 1); axis >= 0; axis--) {
            axes.add(1, Packing.Axis.plain(taps[axis], stride));
            stride *= taps[axis];
        }
        axes.add(0, Packing.Axis.plain(filters * groups, stride));
        return new Packing(axes, stride * filters * groups);
    }

    private static List<String> names(String prefix, int rank) {
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            names.add(rank == 1 ? prefix : prefix + "yx".charAt(axis % 2) + (axis > 1 ? axis : ""));
        }
        return names;
    }
}
