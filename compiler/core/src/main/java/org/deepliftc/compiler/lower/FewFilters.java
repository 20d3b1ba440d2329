package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.load;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Packing;

/**
 * A convolution of few filters over many channels, as what hands multipliers back to an image or a sequence: vectors run
 * along the channels, which are neighbours in memory, into partial sums as {@link Partials} has them. A few positions abreast
 * share the weights that are read.
 */
final class FewFilters {
    private static final int MOST = 4;

    /** Positions abreast: with as many filters, sixteen sums hide the latency of two units. */
    private static final int POSITIONS = 4;

    private static final int LANES = View.LANES;

    private final Operands operands;
    private final Node node;
    private final Window window;
    private final View in;
    private final View out;
    private final int[] needed;
    private final int filters;
    private final Sum sum;
    private final Buffer weights;
    private final Buffer partial;

    FewFilters(Operands operands, Node node, Op.Convolution op, View out) {
        this.operands = operands;
        this.node = node;
        this.window = op.window();
        this.in = operands.view(node.input(0));
        this.out = out;
        this.needed = operands.needed(node);
        Shape shape = node.input(1).shape();
        this.filters = shape.dim(0);
        this.sum = sum(shape);
        List<Packing.Axis> axes = new ArrayList<>(sum.axes(LANES));
        axes.set(0, new Packing.Axis(shape.dim(1), LANES, axes.get(0).inner(), 1));
        axes.add(0, Packing.Axis.plain(filters, sum.size() * LANES));
        this.weights = operands.packed(node.input(1), new Packing(axes, filters * sum.size() * LANES));
        this.partial =
                new Buffer(node.name() + ".partial", Kind.REAL, POSITIONS * filters * LANES, Buffer.Place.WORKSPACE);
        operands.written(partial);
    }

    static boolean applies(Node node, Op.Convolution op, View in) {
        Shape weights = node.input(1).shape();
        return op.groups() == 1
                && node.input(1).isConstant()
                && weights.dim(0) <= MOST
                && in.stride(0) == 1
                && weights.dim(1) % LANES == 0
                && weights.from(1).size() >= Partials.WORTH;
    }

    /** The sum over taps and over vectors of channels. */
    private Sum sum(Shape shape) {
        int[] strides = new int[shape.rank() - 1];
        strides[0] = LANES;
        for (int axis = 1; axis < strides.length; axis++) {
            strides[axis] = window.dilation().get(axis - 1) * in.stride(axis);
        }
        return new Sum(Shape.of(shape.dim(1) / LANES).append(shape.from(2)), strides);
    }

    void write(Code code) {
        operands.eachRow(code, row -> {
            int last = needed.length - 1;
            List<String> names = new ArrayList<>();
            int[] outer = new int[last];
            for (int axis = 0; axis < last; axis++) {
                names.add(last == 1 ? "py" : "p" + axis);
                outer[axis] = needed[axis];
            }
            row.loops(names, outer, lines -> at -> line(lines, at, needed[last]));
        });
    }

    /** A line of positions, a few abreast. */
    private void line(Code code, List<Expr> at, int extent) {
        int full = extent / POSITIONS;
        code.loop("block", full, (block, b) -> positions(block, at, times(b, POSITIONS), POSITIONS));
        if (extent % POSITIONS > 0) {
            positions(code, at, integer(full * POSITIONS), extent % POSITIONS);
        }
    }

    private void positions(Code code, List<Expr> at, Expr first, int count) {
        Buffer x = operands.placed(node.input(0)).buffer();
        code.rows(
                "p",
                integer(count),
                (position, p) -> position.lanes("lane", LANES, LANES, (lanes, lane) -> {
                    List<Expr.Var> sums = new ArrayList<>();
                    for (int f = 0; f < filters; f++) {
                        sums.add(lanes.declare("sum", real(0)));
                    }
                    Expr from = plus(window(at, plus(first, p)), lane);
                    sum.write(lanes, (term, tap, product) -> {
                        Expr value = term.let("value", operands.element(x, plus(from, tap)));
                        for (int f = 0; f < filters; f++) {
                            Expr weight = plus(plus(times(product, LANES), f * sum.size() * LANES), lane);
                            term.accumulate(sums.get(f), value, load(weights, weight));
                        }
                    });
                    for (int f = 0; f < filters; f++) {
                        operands.store(
                                lanes, partial, plus(plus(times(p, filters * LANES), f * LANES), lane), sums.get(f));
                    }
                }));
        code.loop("p", count, (position, p) -> {
            for (int f = 0; f < filters; f++) {
                Expr total = Partials.tree(operands, partial, plus(times(p, filters * LANES), f * LANES));
                if (node.inputs().size() > 2) {
                    total = Code.add(total, operands.load(node.input(2), List.of(integer(f))));
                }
                Expr to = plus(output(at, plus(first, p)), f * out.stride(0));
                operands.store(position, operands.placed(node).buffer(), to, total);
            }
        });
    }

    /** Where the window of a position begins. */
    private Expr window(List<Expr> at, Expr last) {
        Expr position = integer(in.offset());
        for (int axis = 0; axis < needed.length; axis++) {
            Expr along = axis < at.size() ? at.get(axis) : last;
            position = plus(position, times(along, window.stride().get(axis) * in.stride(axis + 1)));
        }
        return position;
    }

    private Expr output(List<Expr> at, Expr last) {
        Expr position = integer(out.offset());
        for (int axis = 0; axis < needed.length; axis++) {
            position = plus(position, times(axis < at.size() ? at.get(axis) : last, out.stride(axis + 1)));
        }
        return position;
    }
}
