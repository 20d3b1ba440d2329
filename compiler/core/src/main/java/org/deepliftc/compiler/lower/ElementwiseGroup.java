package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;

/** Elementwise nodes of one shape that run in one loop: each value passes to the next in a local. */
final class ElementwiseGroup {
    /** Beyond this many nodes a loop body outgrows what the JIT compiles well. */
    private static final int MOST_NODES = 16;

    private final Shape shape;
    private final Set<Node> nodes = new LinkedHashSet<>();

    ElementwiseGroup(Node first) {
        shape = first.shape();
        nodes.add(first);
    }

    static boolean accepts(Op op) {
        return op instanceof Op.Elementwise
                || op instanceof Op.DividedDifference
                || op instanceof Op.Binary
                || op instanceof Op.Select;
    }

    /** True where the node walks the same grid and the group still has room. */
    boolean fits(Node node) {
        return node.shape().equals(shape) && nodes.size() < MOST_NODES && !repeats(node);
    }

    /** A member that a later one would read at another element than its own cannot stay in a local. */
    private boolean repeats(Node node) {
        return node.inputs().stream()
                .anyMatch(i -> nodes.contains(i) && !i.shape().equals(shape));
    }

    void add(Node node) {
        nodes.add(node);
    }

    Set<Node> nodes() {
        return nodes;
    }

    /** Writes the loop; values in {@code stored} are kept, all others end with their iteration. */
    void write(Operands operands, List<Node> stored, Code code) {
        List<Operands.Placed> places = new ArrayList<>();
        List<int[]> strides = new ArrayList<>();
        int room = Integer.MAX_VALUE;
        for (Node node : stored) {
            places.add(operands.placed(node));
            strides.add(operands.view(node).over(shape));
        }
        Map<Node, Integer> slots = new HashMap<>();
        for (Node node : nodes) {
            for (Node input : node.inputs()) {
                if (!nodes.contains(input)
                        && !slots.containsKey(input)
                        && Operands.literal(input).isEmpty()) {
                    Operands.Placed placed = input.isConstant()
                            ? operands.constant(input, layout(input.shape(), operands.view(stored.get(0))))
                            : operands.placed(input);
                    slots.put(input, places.size());
                    places.add(placed);
                    strides.add(placed.view().over(shape));
                }
            }
        }
        Nest nest = new Nest(shape.toArray(), strides);
        for (Node node : stored) {
            room = Math.min(room, operands.view(node).room(nest.innermost()));
        }
        int lanes = room;
        operands.eachRow(
                code,
                rows -> nest.independently(
                        rows, lanes, (body, at) -> new Body(operands, stored, places, slots, at).write(body)));
    }

    /** A constant lies as the values it meets. */
    static View layout(Shape constant, View beside) {
        boolean channelsLast = beside.shape().rank() > 1
                && beside.stride(0) == 1
                && beside.shape().dim(0) > 1;
        boolean same = constant.rank() == beside.shape().rank() && constant.rank() > 1;
        if (!channelsLast || !same) {
            return View.contiguous(constant);
        }
        int pitch = beside.shape().from(1).size() == 1 ? View.padded(constant.dim(0)) : smallestGap(beside);
        return View.channelsLast(constant, constant.dim(0) == 1 ? 1 : pitch);
    }

    private static int smallestGap(View view) {
        int gap = Integer.MAX_VALUE;
        for (int axis = 1; axis < view.shape().rank(); axis++) {
            if (view.shape().dim(axis) > 1) {
                gap = Math.min(gap, view.stride(axis));
            }
        }
        return gap;
    }

    /** One element of every node of the group. */
    private final class Body {
        private final Operands operands;
        private final List<Node> stored;
        private final List<Operands.Placed> places;
        private final Map<Node, Integer> slots;
        private final List<Expr> at;
        private final Map<Node, Expr> values = new HashMap<>();

        Body(
                Operands operands,
                List<Node> stored,
                List<Operands.Placed> places,
                Map<Node, Integer> slots,
                List<Expr> at) {
            this.operands = operands;
            this.stored = stored;
            this.places = places;
            this.slots = slots;
            this.at = at;
        }

        private Expr position(int place) {
            return Code.plus(at.get(place), places.get(place).view().offset());
        }

        void write(Code code) {
            for (Node node : nodes) {
                List<Expr> inputs = new ArrayList<>();
                for (Node input : node.inputs()) {
                    inputs.add(values.computeIfAbsent(input, n -> read(n, code)));
                }
                Expr value = code.let(node.name(), value(node.op(), inputs, code));
                values.put(node, value);
                int place = stored.indexOf(node);
                if (place >= 0) {
                    operands.store(code, places.get(place).buffer(), position(place), value);
                }
            }
        }

        private Expr read(Node node, Code code) {
            return Operands.literal(node).orElseGet(() -> {
                int place = slots.get(node);
                return code.let(node.name(), operands.element(places.get(place).buffer(), position(place)));
            });
        }
    }

    static Expr value(Op op, List<Expr> in, Code code) {
        if (op instanceof Op.Elementwise) {
            return ActivationCode.value(
                    ((Op.Elementwise) op).activation(), in.get(0), in.size() > 1 ? in.get(1) : null, code);
        }
        if (op instanceof Op.DividedDifference) {
            return SlopeCode.slope(
                    ((Op.DividedDifference) op).activation(),
                    in.get(0),
                    in.get(1),
                    in.size() > 2 ? in.get(2) : null,
                    code);
        }
        if (op instanceof Op.Select) {
            Expr holds = Code.compare(in.get(0), Expr.Relation.NOT_EQUAL, Code.real(0));
            return Code.choose(holds, in.get(1), in.get(2));
        }
        Expr result = in.get(0);
        for (Expr next : in.subList(1, in.size())) {
            result = binary(((Op.Binary) op).kind(), result, next);
        }
        return result;
    }

    private static Expr binary(Op.BinaryKind kind, Expr a, Expr b) {
        return switch (kind) {
            case ADD -> Code.add(a, b);
            case SUBTRACT -> Code.subtract(a, b);
            case MULTIPLY -> Code.multiply(a, b);
            case DIVIDE -> Code.divide(a, b);
            case MAXIMUM -> Code.max(a, b);
            case MINIMUM -> Code.min(a, b);
            case AT_LEAST -> Code.choose(Code.compare(a, Expr.Relation.AT_LEAST, b), Code.real(1), Code.real(0));
            case SLOPE ->
                Code.choose(Code.compare(b, Expr.Relation.EQUAL, Code.real(0)), Code.real(1), Code.divide(a, b));
        };
    }
}
