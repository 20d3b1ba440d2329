package org.deepliftc.compiler.lower;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Nodes over one grid that run in one loop, {@link GroupLoop}: each value passes to the next in a local. The grid is the
 * shape of elementwise nodes, or that of small windows ({@link Taps}).
 */
final class ElementwiseGroup {
    /** Beyond this many operations a loop body outgrows what the JIT compiles well. */
    private static final int MOST_OPERATIONS = 32;

    /** Operations of an elementwise node, about; at windows there is one for each tap. */
    private static final int OPERATIONS = 2;

    /** What an elementary function adds to that. */
    private static final int FUNCTION = 12;

    private final Shape grid;
    private final Set<Node> nodes = new LinkedHashSet<>();
    private int operations;

    ElementwiseGroup(Node first) {
        grid = gridOf(first);
        add(first);
    }

    /** The grid a node walks: what is handed back to windows is computed window by window. */
    static Shape gridOf(Node node) {
        return node.op() instanceof Op.ScatterPositions ? node.input(0).shape() : node.shape();
    }

    Shape grid() {
        return grid;
    }

    static boolean accepts(Op op) {
        return op instanceof Op.Elementwise
                || op instanceof Op.DividedDifference
                || op instanceof Op.Binary
                || op instanceof Op.Select;
    }

    /** True where the node walks the same grid and the group still has room. */
    boolean fits(Node node) {
        return gridOf(node).equals(grid) && operations + operations(node) <= MOST_OPERATIONS && !repeats(node);
    }

    /** A member that a later one would read at another element than its own cannot stay in a local. */
    private boolean repeats(Node node) {
        return node.inputs().stream()
                .anyMatch(i -> nodes.contains(i) && !i.shape().equals(grid));
    }

    private static int operations(Node node) {
        return Taps.of(node).map(Taps::count).orElseGet(() -> OPERATIONS + FUNCTION * functions(node));
    }

    /** How many exponentials, logarithms and the like the value of an elementwise node takes. */
    private static int functions(Node node) {
        List<Expr> operands = node.inputs().stream()
                .<Expr>map(input -> new Expr.Var(input.name(), Kind.REAL))
                .toList();
        Code code = new Code(true);
        Expr value = value(node.op(), operands, code);
        code.assign(new Expr.Var(node.name(), Kind.REAL), value);
        Set<Expr> calls = new HashSet<>();
        Traversal.visitExpressions(code.statements(), expr -> {
            if (expr instanceof Expr.Call call && FloatFunctions.isWrittenOut(call.function())) {
                calls.add(call);
            }
        });
        return calls.size();
    }

    final void add(Node node) {
        nodes.add(node);
        operations += operations(node);
    }

    Set<Node> nodes() {
        return nodes;
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

    /** The value of an elementwise operator. */
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
