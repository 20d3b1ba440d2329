package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;

/** The loop of an {@link ElementwiseGroup}: which arrays it walks, and what it does at each element of the grid. */
final class GroupLoop {

    /** A value that is read, or written, at the taps of windows. */
    private record AtTaps(Node node, Taps taps) {}

    private final Operands operands;
    private final ElementwiseGroup group;
    private final List<Node> stored;
    private final Shape grid;
    private final List<Operands.Placed> places = new ArrayList<>();
    private final List<int[]> strides = new ArrayList<>();
    private final Map<Node, Integer> stores = new HashMap<>();
    private final Map<Node, Integer> reads = new HashMap<>();
    private final Map<AtTaps, Integer> tapReads = new HashMap<>();
    private final Map<Taps, Integer> flats = new HashMap<>();

    /**
     * Prepares the loop.
     *
     * @param stored the values that are kept; all others end with their iteration
     */
    GroupLoop(Operands operands, ElementwiseGroup group, List<Node> stored) {
        this.operands = operands;
        this.group = group;
        this.stored = stored;
        this.grid = group.grid();
        for (Node node : stored) {
            Operands.Placed placed = operands.placed(node);
            boolean scattered = node.op() instanceof Op.ScatterPositions;
            stores.put(
                    node,
                    walk(
                            placed,
                            scattered
                                    ? Taps.of(node).orElseThrow().strides(placed.view())
                                    : placed.view().over(grid)));
        }
        group.nodes().forEach(this::walkInputs);
    }

    private int walk(Operands.Placed placed, int[] along) {
        places.add(placed);
        strides.add(along);
        return places.size() - 1;
    }

    private void walkInputs(Node node) {
        Optional<Taps> taps = Taps.of(node);
        taps.ifPresent(t -> flats.computeIfAbsent(t, x -> walk(null, x.flatStrides())));
        boolean first = taps.isPresent() && !(node.op() instanceof Op.ScatterPositions);
        if (first) {
            walkTaps(node.input(0), taps.get());
        }
        for (Node input : node.inputs().subList(first ? 1 : 0, node.inputs().size())) {
            if (!group.nodes().contains(input)
                    && !reads.containsKey(input)
                    && Operands.literal(input).isEmpty()) {
                Operands.Placed placed = placed(input);
                reads.put(input, walk(placed, placed.view().over(grid)));
            }
        }
    }

    /** What is read at taps: a value that has a place, or those that it is computed from there. */
    private void walkTaps(Node value, Taps taps) {
        if (operands.isInlined(value)) {
            value.inputs().forEach(input -> walkTaps(input, taps));
        } else if (Operands.literal(value).isEmpty() && !isPerChannel(value)) {
            tapReads.computeIfAbsent(new AtTaps(value, taps), key -> {
                Operands.Placed placed = placed(value);
                return walk(placed, taps.strides(placed.view()));
            });
        } else if (Operands.literal(value).isEmpty()) {
            reads.computeIfAbsent(value, key -> {
                Operands.Placed placed = placed(value);
                return walk(placed, placed.view().over(grid));
            });
        }
    }

    /** True for what is the same at every position, as the slopes of a prelu. */
    private static boolean isPerChannel(Node value) {
        return value.shape().rank() < 2 || value.shape().from(1).size() == 1;
    }

    private Operands.Placed placed(Node node) {
        return node.isConstant()
                ? operands.constant(node, ElementwiseGroup.layout(node.shape(), operands.view(stored.get(0))))
                : operands.placed(node);
    }

    void write(Code code) {
        Nest nest = new Nest(grid.toArray(), strides);
        int room = Integer.MAX_VALUE;
        for (Node node : stored) {
            room = Math.min(room, operands.view(node).room(nest.innermost()));
        }
        int lanes = room;
        for (Node node : stored) {
            if (node.op() instanceof Op.ScatterPositions
                    && !Taps.of(node).orElseThrow().cover()) {
                operands.eachRow(code, rows -> new MoveKernels(operands).fill(operands.placed(node), 0, rows));
            }
        }
        operands.eachRow(code, rows -> nest.independently(rows, lanes, (body, at) -> new Element(at, body).write()));
    }

    /** One element of every node of the group. */
    private final class Element {
        private final List<Expr> at;
        private final Code code;
        private final Map<Node, Expr> values = new HashMap<>();
        private final Map<Taps, List<Expr>> positions = new HashMap<>();

        Element(List<Expr> at, Code code) {
            this.at = at;
            this.code = code;
        }

        private Expr position(int place) {
            return Code.plus(at.get(place), places.get(place).view().offset());
        }

        void write() {
            for (Node node : group.nodes()) {
                if (node.op() instanceof Op.ScatterPositions) {
                    scatter(node);
                    continue;
                }
                Expr value = code.let(node.name(), value(node));
                values.put(node, value);
                Integer place = stores.get(node);
                if (place != null) {
                    operands.store(code, places.get(place).buffer(), position(place), value);
                }
            }
        }

        private Expr value(Node node) {
            Optional<Taps> taps = Taps.of(node);
            if (taps.isPresent()) {
                return node.op() instanceof Op.ArgMaxPool ? winner(node, taps.get()) : gather(node, taps.get());
            }
            return ElementwiseGroup.value(
                    node.op(), node.inputs().stream().map(this::read).toList(), code);
        }

        private Expr read(Node node) {
            Expr known = values.get(node);
            if (known == null) {
                known = Operands.literal(node).orElseGet(() -> {
                    int place = reads.get(node);
                    return code.let(
                            node.name(), operands.element(places.get(place).buffer(), position(place)));
                });
                values.put(node, known);
            }
            return known;
        }

        /** The flat position of each tap of the window, as winners are kept. */
        private List<Expr> positions(Taps taps) {
            return positions.computeIfAbsent(taps, t -> {
                Expr first = at.get(flats.get(t));
                return t.flatOffsets().stream()
                        .map(offset -> code.let("position", new Expr.ToReal(Code.plus(first, offset))))
                        .toList();
            });
        }

        private Expr atTap(Node value, Taps taps, int tap) {
            if (operands.isInlined(value)) {
                List<Expr> inputs = new ArrayList<>();
                value.inputs().forEach(input -> inputs.add(atTap(input, taps, tap)));
                return code.let(value.name(), ElementwiseGroup.value(value.op(), inputs, code));
            }
            Integer place = tapReads.get(new AtTaps(value, taps));
            if (place == null) {
                return read(value);
            }
            Operands.Placed placed = places.get(place);
            int offset = taps.offsets(placed.view()).get(tap);
            return code.let(value.name(), operands.element(placed.buffer(), Code.plus(position(place), offset)));
        }

        private Expr gather(Node node, Taps taps) {
            Expr index = read(node.input(1));
            List<Expr> positions = positions(taps);
            Expr value = atTap(node.input(0), taps, 0);
            for (int tap = 1; tap < taps.count(); tap++) {
                Expr here = Code.compare(index, Expr.Relation.EQUAL, positions.get(tap));
                value = code.let(node.name(), Code.choose(here, atTap(node.input(0), taps, tap), value));
            }
            return value;
        }

        /** Where the largest value lies, the first where tied; what is not a number never wins. */
        private Expr winner(Node node, Taps taps) {
            List<Expr> positions = positions(taps);
            Expr.Var winner = code.declare("winner", positions.get(0));
            Expr.Var best = code.declare("best", Code.real(Double.NEGATIVE_INFINITY));
            for (int tap = 0; tap < taps.count(); tap++) {
                Expr value = atTap(node.input(0), taps, tap);
                Expr wins = Code.compare(value, Expr.Relation.GREATER, best);
                code.assign(winner, Code.choose(wins, positions.get(tap), winner));
                code.assign(best, Code.choose(wins, value, best));
            }
            return winner;
        }

        private void scatter(Node node) {
            Taps taps = Taps.of(node).orElseThrow();
            Expr m = read(node.input(0));
            Expr index = read(node.input(1));
            List<Expr> positions = positions(taps);
            int place = stores.get(node);
            List<Integer> offsets = taps.offsets(places.get(place).view());
            for (int tap = 0; tap < taps.count(); tap++) {
                Expr here = Code.compare(index, Expr.Relation.EQUAL, positions.get(tap));
                operands.store(
                        code,
                        places.get(place).buffer(),
                        Code.plus(position(place), offsets.get(tap)),
                        Code.choose(here, m, Code.real(0)));
            }
        }
    }
}
