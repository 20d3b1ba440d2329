package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Expr;

/** Pools, and the moves of single positions that max pools come down to. */
final class PoolKernels {
    /** Positions are kept as whole reals, and a float has 24 bits for one. */
    private static final int MOST_POSITIONS = 1 << 24;

    private final Operands operands;

    PoolKernels(Operands operands) {
        this.operands = operands;
    }

    /** The largest value of each window. */
    void maxPool(Node node, Op.MaxPool op, Operands.Placed out, Code code) {
        windows(code, op.window(), node, out, (inWindow, at) -> {
            Expr.Var best = inWindow.declare("best", real(Double.NEGATIVE_INFINITY));
            at.eachTap(inWindow, (tap, position) -> tap.assign(best, Code.max(best, at.load(tap, position))));
            at.store(inWindow, best);
        });
    }

    /** Where the largest value of each window lies in its channel, the first where tied; a whole number. */
    void argMaxPool(Node node, Op.ArgMaxPool op, Operands.Placed out, Code code) {
        if (node.input(0).shape().from(1).size() > MOST_POSITIONS) {
            throw new IllegalArgumentException(
                    node + " pools over more than " + MOST_POSITIONS + " positions of a channel");
        }
        windows(code, op.window(), node, out, (inWindow, at) -> {
            Expr.Var winner = inWindow.declare("winner", new Expr.ToReal(at.firstPosition()));
            Expr.Var best = inWindow.declare("best", real(Double.NEGATIVE_INFINITY));
            at.eachTap(inWindow, (tap, position) -> {
                Expr value = tap.let("value", at.load(tap, position));
                Expr wins = Code.compare(value, Expr.Relation.GREATER, best);
                tap.assign(winner, Code.choose(wins, new Expr.ToReal(position.flat()), winner));
                tap.assign(best, Code.choose(wins, value, best));
            });
            at.store(inWindow, winner);
        });
    }

    /** The mean of each window. */
    void averagePool(Node node, Op.AveragePool op, Operands.Placed out, Code code) {
        windows(code, op.window(), node, out, (inWindow, at) -> {
            Expr.Var sum = inWindow.declare("sum", real(0));
            at.eachTap(inWindow, (tap, position) -> tap.assign(sum, Code.add(sum, at.load(tap, position))));
            at.store(inWindow, Code.divide(sum, at.count(op.countPadding())));
        });
    }

    /** Every position of a window gets its share of the window's multiplier. */
    void averagePoolTransposed(Node node, Op.AveragePool op, Operands.Placed out, Code code) {
        Operands.Placed m = operands.placed(node.input(0));
        operands.eachRow(code, rows -> {
            new MoveKernels(operands).fill(out, 0, rows);
            walk(rows, op.window(), Optional.empty(), out, m, (inWindow, at) -> {
                Expr share = inWindow.let(
                        "share",
                        Code.divide(
                                operands.element(m.buffer(), m.view().at(at.indices)), at.count(op.countPadding())));
                at.eachTap(inWindow, (tap, position) -> {
                    Expr index = at.index(position);
                    operands.store(tap, out.buffer(), index, Code.add(operands.element(out.buffer(), index), share));
                });
            });
        });
    }

    /** y[c, p] = x[c, index[c, p]]. */
    void gatherPositions(Node node, Operands.Placed out, Code code) {
        eachPosition(
                node,
                code,
                (body, at) -> operands.store(
                        body, out.buffer(), out.view().at(at), operands.load(node.input(0), pointed(node, at))));
    }

    /** y[c, index[c, p]] += m[c, p], the rest 0. */
    void scatterPositions(Node node, Operands.Placed out, Code code) {
        Node m = node.input(0);
        operands.eachRow(code, rows -> new MoveKernels(operands).fill(out, 0, rows));
        eachPosition(m, code, (body, at) -> {
            Expr to = body.let("to", out.view().at(pointed(node, at)));
            operands.store(body, out.buffer(), to, Code.add(operands.element(out.buffer(), to), operands.load(m, at)));
        });
    }

    private void eachPosition(Node grid, Code code, BiConsumer<Code, List<Expr>> body) {
        List<String> names = new ArrayList<>(List.of("c"));
        for (int axis = 1; axis < grid.shape().rank(); axis++) {
            names.add("p" + (grid.shape().rank() == 2 ? "" : axis));
        }
        operands.eachRow(
                code, rows -> rows.loops(names, grid.shape().toArray(), inner -> at -> body.accept(inner, at)));
    }

    /** The coordinates in the plane of input 0 that the index of an element points to. */
    private List<Expr> pointed(Node node, List<Expr> at) {
        Expr flat = new Expr.ToInt(operands.load(node.input(1), at));
        Shape space = (node.op() instanceof Op.ScatterPositions ? node : node.input(0)).shape();
        List<Expr> coordinates = new ArrayList<>(List.of(at.get(0)));
        for (int axis = 1; axis < space.rank(); axis++) {
            int inner = space.from(axis + 1).size();
            Expr along = inner == 1 ? flat : Code.divide(flat, integer(inner));
            coordinates.add(
                    axis == 1 ? along : new Expr.Binary(Expr.Operator.REMAINDER, along, integer(space.dim(axis))));
        }
        return coordinates;
    }

    private void windows(Code code, Window window, Node node, Operands.Placed out, BiConsumer<Code, At> body) {
        operands.eachRow(code, rows -> {
            Node x = node.input(0);
            View view = operands.isInlined(x) ? View.exact(x.shape()) : operands.view(x);
            walk(rows, window, Optional.of(x), new Operands.Placed(null, view), out, body);
        });
    }

    /** Runs over windows; with the channels as lanes inside where they are neighbours in memory. */
    private void walk(
            Code code,
            Window window,
            Optional<Node> x,
            Operands.Placed in,
            Operands.Placed out,
            BiConsumer<Code, At> body) {
        boolean independent = x.isPresent();
        Shape shape = out.view().shape();
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            names.add(window.rank() == 1 ? "p" : "p" + "yx".charAt(axis % 2) + (axis > 1 ? axis : ""));
        }
        Operands.Placed written = independent ? out : in;
        int channels = shape.dim(0);
        java.util.function.Function<Code, java.util.function.Consumer<List<Expr>>> inner = positions -> at -> {
            Code.Body ofChannel = (channel, c) -> {
                List<Expr> indices = new ArrayList<>(at);
                indices.add(0, c);
                body.accept(channel, new At(operands, window, x.orElse(null), in, out, indices));
            };
            if (written.view().stride(0) == 1 && channels > 1) {
                positions.lanes("c", channels, written.view().room(channels), ofChannel);
            } else {
                positions.loop("c", channels, ofChannel);
            }
        };
        if (independent) {
            code.rows(names, shape.from(1).toArray(), inner);
        } else {
            code.loops(names, shape.from(1).toArray(), inner);
        }
    }

    /** A position in the plane of a window, by axis. */
    private record Position(List<Expr> along, Expr flat) {}

    /** One window at one output. */
    private static final class At {
        private final Operands operands;
        private final Window window;
        private final Node x;
        private final Operands.Placed input;
        private final Operands.Placed output;
        private final Shape in;
        private final List<Expr> indices;

        At(
                Operands operands,
                Window window,
                Node x,
                Operands.Placed input,
                Operands.Placed output,
                List<Expr> indices) {
            this.operands = operands;
            this.x = x;
            this.window = window;
            this.input = input;
            this.output = output;
            this.in = input.view().shape();
            this.indices = indices;
        }

        void store(Code code, Expr value) {
            operands.store(code, output.buffer(), output.view().at(indices), value);
        }

        private List<Expr> coordinates(Position position) {
            List<Expr> coordinates = new ArrayList<>(position.along);
            coordinates.add(0, indices.get(0));
            return coordinates;
        }

        Expr index(Position position) {
            return input.view().at(coordinates(position));
        }

        /** The input's element, computed here where it has no place of its own. */
        Expr load(Code code, Position position) {
            return operands.value(x, coordinates(position), output.view(), code);
        }

        /** Runs over the taps that lie inside the input. */
        void eachTap(Code code, BiConsumer<Code, Position> body) {
            taps(code, List.of(), integer(0), body);
        }

        private void taps(Code code, List<Expr> along, Expr flat, BiConsumer<Code, Position> body) {
            int axis = along.size();
            if (axis == window.rank()) {
                body.accept(code, new Position(along, flat));
                return;
            }
            String name = window.rank() == 1 ? "t" : "t" + "yx".charAt(axis % 2) + (axis > 1 ? axis : "");
            int stride = in.from(1).strides()[axis];
            code.loop(name, from(axis), to(axis), (inner, tap) -> {
                Expr here = plus(start(axis), times(tap, window.dilation().get(axis)));
                List<Expr> deeper = new ArrayList<>(along);
                deeper.add(here);
                taps(inner, deeper, plus(flat, times(here, stride)), body);
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
