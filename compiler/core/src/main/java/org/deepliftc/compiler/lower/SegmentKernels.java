package org.deepliftc.compiler.lower;

import static org.deepliftc.compiler.lower.Code.integer;
import static org.deepliftc.compiler.lower.Code.plus;
import static org.deepliftc.compiler.lower.Code.real;
import static org.deepliftc.compiler.lower.Code.subtract;
import static org.deepliftc.compiler.lower.Code.times;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.loop.Expr;

/**
 * Walks along the straight path from the reference to the example, window by window: from the largest entry of the
 * reference to the first steeper one that it meets, and so on to the end of the path. Slopes grow with each step, so
 * that a window of k entries has at most k parts; most have one or two, and the others are passed over.
 */
final class SegmentKernels {
    private final Operands operands;
    private final Op.SegmentPool op;
    private final Window window;
    private final Node moved;
    private final Node actual;
    private final Node reference;

    SegmentKernels(Operands operands, Op.SegmentPool op, Node node) {
        this.operands = operands;
        this.op = op;
        this.window = op.window();
        this.moved = node.input(0);
        this.actual = node.input(1);
        this.reference = node.input(2);
    }

    void write(Operands.Placed out, Code code) {
        boolean forward = op.direction() == Op.Direction.FORWARD;
        Shape windows = Shape.of(actual.shape().dim(0)).append(window.outputOf(op.space()));
        List<String> names = new ArrayList<>(List.of("c"));
        for (int axis = 0; axis < window.rank(); axis++) {
            names.add("p" + (window.rank() == 1 ? "" : axis + 1));
        }
        operands.eachRow(code, rows -> {
            if (!forward) {
                new MoveKernels(operands).fill(out, 0, rows);
            }
            rows.loops(names, windows.toArray(), body -> at -> {
                if (forward) {
                    Expr.Var sum = body.declare("sum", real(0));
                    walk(body, at, (part, entry) -> part.accumulate(sum, entry.share, operands.load(moved, entry.at)));
                    operands.store(body, out.buffer(), out.view().at(at), sum);
                } else {
                    Expr m = body.let("m", operands.load(moved, at));
                    walk(body, at, (part, entry) -> {
                        Expr to = part.let("to", out.view().at(entry.at));
                        Expr more = new Expr.Fma(entry.share, m, operands.element(out.buffer(), to));
                        operands.store(part, out.buffer(), to, more);
                    });
                }
            });
        });
    }

    /** The entry that is largest on a part of the path, and how long that part is. */
    private record Entry(List<Expr> at, Expr share) {}

    private void walk(Code code, List<Expr> at, BiConsumer<Code, Entry> part) {
        Expr.Var entry = code.declare("entry", first(at));
        Expr.Var level = code.declare("level", real(Double.NEGATIVE_INFINITY));
        Expr.Var rise = code.declare("rise", real(0));
        eachTap(code, at, (tap, flat) -> {
            Expr value = tap.let("value", operands.load(reference, coordinates(at, flat)));
            tap.when(Code.compare(value, Expr.Relation.GREATER, level), then -> {
                then.assign(entry, flat);
                then.assign(level, value);
                then.assign(rise, subtract(operands.load(actual, coordinates(at, flat)), value));
            });
        });
        Expr.Var where = code.declare("where", real(0));
        int entries = window.size().stream().reduce(1, (a, b) -> a * b);
        code.loop(
                "part",
                entries,
                (turn, index) -> turn.when(
                        Code.compare(where, Expr.Relation.LESS, real(1)),
                        body -> step(body, at, new Expr.Var[] {entry, level, rise, where}, part)));
    }

    /** One part: up to the first crossing with a steeper entry. */
    private void step(Code code, List<Expr> at, Expr.Var[] state, BiConsumer<Code, Entry> part) {
        Expr.Var next = code.declare("next", real(1));
        Expr.Var[] following = {
            code.declare("following", state[0]),
            code.declare("followingLevel", state[1]),
            code.declare("followingRise", state[2])
        };
        eachTap(code, at, (tap, flat) -> {
            Expr value = tap.let("value", operands.load(reference, coordinates(at, flat)));
            Expr slope = tap.let("slope", subtract(operands.load(actual, coordinates(at, flat)), value));
            Expr gain = tap.let("gain", subtract(slope, state[2]));
            tap.when(Code.compare(gain, Expr.Relation.GREATER, real(0)), steeper -> {
                Expr crossing =
                        steeper.let("crossing", Code.max(state[3], Code.divide(subtract(state[1], value), gain)));
                steeper.when(Code.compare(crossing, Expr.Relation.LESS, next), earlier -> {
                    earlier.assign(next, crossing);
                    earlier.assign(following[0], flat);
                    earlier.assign(following[1], value);
                    earlier.assign(following[2], slope);
                });
            });
        });
        Expr share = code.let("share", subtract(next, state[3]));
        part.accept(code, new Entry(coordinates(at, state[0]), share));
        code.assign(state[3], next);
        for (int i = 0; i < following.length; i++) {
            code.assign(state[i], following[i]);
        }
    }

    /** Coordinates of a flat position in the plane of the window's channel. */
    private List<Expr> coordinates(List<Expr> at, Expr flat) {
        List<Expr> coordinates = new ArrayList<>(List.of(at.get(0)));
        for (int axis = 0; axis < op.space().rank(); axis++) {
            int inner = op.space().from(axis + 1).size();
            Expr along = inner == 1 ? flat : Code.divide(flat, integer(inner));
            boolean outermost = axis == 0;
            coordinates.add(
                    outermost
                            ? along
                            : new Expr.Binary(
                                    Expr.Operator.REMAINDER,
                                    along,
                                    integer(op.space().dim(axis))));
        }
        return coordinates;
    }

    private Expr first(List<Expr> at) {
        Expr flat = integer(0);
        for (int axis = 0; axis < window.rank(); axis++) {
            Expr tap = from(at, axis);
            flat = plus(flat, times(position(at, axis, tap), op.space().strides()[axis]));
        }
        return flat;
    }

    /** Runs over the taps that lie inside the input; the body gets the flat position. */
    private void eachTap(Code code, List<Expr> at, BiConsumer<Code, Expr> body) {
        taps(code, at, 0, integer(0), body);
    }

    private void taps(Code code, List<Expr> at, int axis, Expr flat, BiConsumer<Code, Expr> body) {
        if (axis == window.rank()) {
            body.accept(code, code.let("at", flat));
            return;
        }
        String name = "t" + (window.rank() == 1 ? "" : axis + 1);
        code.loop(name, from(at, axis), to(at, axis), (inner, tap) -> {
            Expr here = times(position(at, axis, tap), op.space().strides()[axis]);
            taps(inner, at, axis + 1, plus(flat, here), body);
        });
    }

    private Expr position(List<Expr> at, int axis, Expr tap) {
        return plus(start(at, axis), times(tap, window.dilation().get(axis)));
    }

    private Expr start(List<Expr> at, int axis) {
        return plus(
                times(at.get(axis + 1), window.stride().get(axis)),
                -window.padBefore().get(axis));
    }

    private boolean clips(int axis) {
        return window.padBefore().get(axis) > 0 || window.padAfter().get(axis) > 0;
    }

    private Expr from(List<Expr> at, int axis) {
        int dilation = window.dilation().get(axis);
        return clips(axis)
                ? Code.max(integer(0), Code.divide(subtract(integer(dilation - 1), start(at, axis)), integer(dilation)))
                : integer(0);
    }

    private Expr to(List<Expr> at, int axis) {
        int dilation = window.dilation().get(axis);
        Expr size = integer(window.size().get(axis));
        Expr room = subtract(integer(op.space().dim(axis) - 1 + dilation), start(at, axis));
        return clips(axis) ? Code.min(size, Code.divide(room, integer(dilation))) : size;
    }
}
