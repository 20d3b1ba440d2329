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

/** Pools, and the moves of single positions that max pools come down to. */
final class PoolKernels {
    private final Operands operands;

    PoolKernels(Operands operands) {
        this.operands = operands;
    }

    /** The largest value of each window. */
    void maxPool(Node node, Op.MaxPool op, Buffer out, Code code) {
        Node x = node.input(0);
        windows(code, op.window(), x.shape(), node.shape(), (inWindow, at) -> {
            Expr.Var best = inWindow.declare("best", real(Double.NEGATIVE_INFINITY));
            at.eachTap(
                    inWindow,
                    (tap, position) -> tap.assign(best, Code.max(best, operands.load(x, at.input(position)))));
            inWindow.store(out, at.output(), best);
        });
    }

    /** Where the largest value of each window lies in its channel, the first where tied. */
    void argMaxPool(Node node, Op.ArgMaxPool op, Buffer out, Code code) {
        Node x = node.input(0);
        windows(code, op.window(), x.shape(), node.shape(), (inWindow, at) -> {
            Expr.Var winner = inWindow.declare("winner", at.firstPosition());
            Expr.Var best = inWindow.declare("best", operands.load(x, at.input(winner)));
            at.eachTap(inWindow, (tap, position) -> {
                Expr value = tap.let("value", operands.load(x, at.input(position)));
                tap.when(Code.compare(value, Expr.Relation.GREATER, best), then -> {
                    then.assign(best, value);
                    then.assign(winner, position);
                });
            });
            inWindow.store(out, at.output(), winner);
        });
    }

    /** The mean of each window. */
    void averagePool(Node node, Op.AveragePool op, Buffer out, Code code) {
        Node x = node.input(0);
        windows(code, op.window(), x.shape(), node.shape(), (inWindow, at) -> {
            Expr.Var sum = inWindow.declare("sum", real(0));
            at.eachTap(
                    inWindow, (tap, position) -> tap.assign(sum, Code.add(sum, operands.load(x, at.input(position)))));
            inWindow.store(out, at.output(), Code.divide(sum, at.count(op.countPadding())));
        });
    }

    /** Every position of a window gets its share of the window's multiplier. */
    void averagePoolTransposed(Node node, Op.AveragePool op, Buffer out, Code code) {
        Node m = node.input(0);
        code.fill(out, node.shape().size(), real(0));
        windows(code, op.window(), node.shape(), m.shape(), (inWindow, at) -> {
            Expr share = inWindow.let("share", Code.divide(operands.load(m, at.output()), at.count(op.countPadding())));
            at.eachTap(
                    inWindow,
                    (tap, position) ->
                            tap.store(out, at.input(position), Code.add(load(out, at.input(position)), share)));
        });
    }

    /** y[c, p] = x[c, index[c, p]]. */
    void gatherPositions(Node node, Buffer out, Code code) {
        Node x = node.input(0);
        int plane = x.shape().from(1).size();
        int positions = node.shape().from(1).size();
        code.loop(
                "c",
                node.shape().dim(0),
                (channel, c) -> channel.loop("p", positions, (body, p) -> {
                    Expr at = plus(times(c, positions), p);
                    Expr index = body.let("position", operands.load(node.input(1), at));
                    body.store(out, at, operands.load(x, plus(times(c, plane), index)));
                }));
    }

    /** y[c, index[c, p]] += m[c, p], the rest 0. */
    void scatterPositions(Node node, Buffer out, Code code) {
        Node m = node.input(0);
        int plane = node.shape().from(1).size();
        int positions = m.shape().from(1).size();
        code.fill(out, node.shape().size(), real(0));
        code.loop(
                "c",
                node.shape().dim(0),
                (channel, c) -> channel.loop("p", positions, (body, p) -> {
                    Expr at = plus(times(c, positions), p);
                    Expr to = body.let("position", plus(times(c, plane), operands.load(node.input(1), at)));
                    body.store(out, to, Code.add(load(out, to), operands.load(m, at)));
                }));
    }

    private static void windows(Code code, Window window, Shape in, Shape out, BiConsumer<Code, At> body) {
        List<String> names = new ArrayList<>(List.of("c"));
        for (int axis = 0; axis < window.rank(); axis++) {
            names.add(window.rank() == 1 ? "p" : "p" + "yx".charAt(axis % 2) + (axis > 1 ? axis : ""));
        }
        code.loops(names, out.toArray(), inner -> indices -> body.accept(inner, new At(window, in, out, indices)));
    }

    /** One window at one output. */
    private static final class At {
        private final Window window;
        private final Shape in;
        private final Shape out;
        private final List<Expr> indices;

        At(Window window, Shape in, Shape out, List<Expr> indices) {
            this.window = window;
            this.in = in;
            this.out = out;
            this.indices = indices;
        }

        Expr output() {
            int[] strides = out.strides();
            Expr position = integer(0);
            for (int axis = 0; axis < strides.length; axis++) {
                position = plus(position, times(indices.get(axis), strides[axis]));
            }
            return position;
        }

        /** A flat spatial position in the window's channel. */
        Expr input(Expr position) {
            return plus(times(indices.get(0), in.from(1).size()), position);
        }

        /** Runs over the taps that lie inside the input; the body gets their flat spatial position. */
        void eachTap(Code code, BiConsumer<Code, Expr> body) {
            taps(code, 0, integer(0), body);
        }

        private void taps(Code code, int axis, Expr position, BiConsumer<Code, Expr> body) {
            if (axis == window.rank()) {
                body.accept(code, window.rank() > 1 ? code.let("position", position) : position);
                return;
            }
            String name = window.rank() == 1 ? "t" : "t" + "yx".charAt(axis % 2) + (axis > 1 ? axis : "");
            int stride = in.from(1).strides()[axis];
            code.loop(name, from(axis), to(axis), (inner, tap) -> {
                Expr along = plus(start(axis), times(tap, window.dilation().get(axis)));
                taps(inner, axis + 1, plus(position, times(along, stride)), body);
            });
        }

        /** The position of the first tap along an axis; negative inside the border. */
        private Expr start(int axis) {
            return plus(
                    times(indices.get(axis + 1), window.stride().get(axis)),
                    -window.padBefore().get(axis));
        }

        private boolean clips(int axis) {
            return window.padBefore().get(axis) > 0 || window.padAfter().get(axis) > 0;
        }

        /** The first tap inside the input. */
        private Expr from(int axis) {
            int dilation = window.dilation().get(axis);
            return clips(axis)
                    ? Code.max(integer(0), divided(Code.subtract(integer(dilation - 1), start(axis)), dilation))
                    : integer(0);
        }

        /** The tap behind the last one inside the input. */
        private Expr to(int axis) {
            int dilation = window.dilation().get(axis);
            Expr size = integer(window.size().get(axis));
            Expr room = Code.subtract(integer(in.dim(axis + 1) - 1 + dilation), start(axis));
            return clips(axis) ? Code.min(size, divided(room, dilation)) : size;
        }

        private static Expr divided(Expr value, int divisor) {
            return divisor == 1 ? value : Code.divide(value, integer(divisor));
        }

        /** The flat spatial position of the first tap inside the input. */
        Expr firstPosition() {
            int[] strides = in.from(1).strides();
            Expr position = integer(0);
            for (int axis = 0; axis < window.rank(); axis++) {
                Expr first =
                        plus(start(axis), times(from(axis), window.dilation().get(axis)));
                position = plus(position, times(first, strides[axis]));
            }
            return position;
        }

        /** How many positions the mean of this window divides by. */
        Expr count(boolean countPadding) {
            int all = window.size().stream().reduce(1, (a, b) -> a * b);
            if (countPadding || !window.isPadded()) {
                return real(all);
            }
            Expr count = integer(1);
            for (int axis = 0; axis < window.rank(); axis++) {
                Expr along = clips(axis)
                        ? Code.subtract(to(axis), from(axis))
                        : integer(window.size().get(axis));
                count = axis == 0 ? along : Code.multiply(count, along);
            }
            return new Expr.ToReal(count);
        }
    }
}
