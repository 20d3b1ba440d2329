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
    void write(Operands operands, Set<Node> stored, Code code) {
        List<Node> outside = new ArrayList<>();
        List<int[]> strides = new ArrayList<>();
        strides.add(shape.strides());
        for (Node node : nodes) {
            for (Node input : node.inputs()) {
                if (!nodes.contains(input) && !outside.contains(input)) {
                    outside.add(input);
                    strides.add(Nest.broadcastStrides(input.shape(), shape));
                }
            }
        }
        new Nest(shape.toArray(), strides).write(code, (body, at) -> {
            Map<Node, Expr> values = new HashMap<>();
            for (Node node : nodes) {
                List<Expr> inputs = new ArrayList<>();
                for (Node input : node.inputs()) {
                    inputs.add(values.computeIfAbsent(
                            input, n -> read(operands, n, at.get(1 + outside.indexOf(n)), body)));
                }
                Expr value = body.let(node.name(), value(node.op(), inputs, body));
                values.put(node, value);
                if (stored.contains(node)) {
                    body.store(operands.buffer(node), at.get(0), value);
                }
            }
        });
    }

    private static Expr read(Operands operands, Node node, Expr index, Code body) {
        return body.let(node.name(), operands.load(node, index));
    }

    private static Expr value(Op op, List<Expr> in, Code code) {
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
        return binary(((Op.Binary) op).kind(), in.get(0), in.get(1));
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
