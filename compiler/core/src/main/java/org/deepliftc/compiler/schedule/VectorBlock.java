package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Rewriter;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Writes the body of a loop over rows once for a block of rows, and the loops over lanes in it with vectors: the
 * register tile of a matrix product. What rows share is loaded once for all of them, what lanes share is broadcast.
 * Example, two rows and two vectors of a dense layer:
 *
 * <pre>
 * sum00 = bias vector; sum01 = next bias vector; sum10 = ...; sum11 = ...
 * for k:
 *     w0 = weights at k; w1 = the next vector
 *     x0 = broadcast x of row 0 at k;  sum00 = x0 * w0 + sum00;  sum01 = x0 * w1 + sum01
 *     x1 = broadcast x of row 1 at k;  sum10 = x1 * w0 + sum10;  sum11 = x1 * w1 + sum11
 * </pre>
 */
final class VectorBlock {

    /** An int that grows with the row and the lane: {@code first + row * rowStep + lane * laneStep}. */
    private record Linear(Expr first, int rowStep, int laneStep) {}

    /** Statements under construction and the ints already computed in them. */
    private record Scope(Scope outer, List<Stmt> out, Map<Expr, Expr.Var> shared) {
        Scope(Scope outer) {
            this(outer, new ArrayList<>(), new HashMap<>());
        }

        Expr.Var find(Expr expr) {
            for (Scope scope = this; scope != null; scope = scope.outer) {
                Expr.Var variable = scope.shared.get(expr);
                if (variable != null) {
                    return variable;
                }
            }
            return null;
        }
    }

    /** Vectors abreast in sums: two hide the latency of a fused multiply-add behind four rows. */
    private static final int VECTORS = 2;

    /** Operations for one lane up to which two vectors run abreast. */
    private static final int HEAVY = 60;

    private final Set<Expr.Var> byRow;
    private final Set<Expr.Var> byLane;
    private final Set<Expr.Var> assigned;
    private final int rows;
    private int vectors = 1;
    private final Map<Expr.Var, Linear> linear = new HashMap<>();
    private final Map<Expr.Var, Expr.Var[][]> copies = new HashMap<>();

    /**
     * Begins a block.
     *
     * @param dependence which variables of the body depend on the row, and which on the lane
     * @param row the variable of the loop over rows
     * @param first the block's first row
     * @param rows how many rows the block has
     */
    VectorBlock(Dependence dependence, Expr.Var row, Expr first, int rows) {
        this.byRow = dependence.byRow();
        this.byLane = dependence.byLane();
        this.assigned = dependence.assigned();
        this.rows = rows;
        linear.put(row, new Linear(first, 1, 0));
    }

    List<Stmt> write(List<Stmt> body) {
        return body(body, null);
    }

    private List<Stmt> body(List<Stmt> body, Scope outer) {
        Scope scope = new Scope(outer);
        body.forEach(stmt -> write(stmt, scope));
        return scope.out;
    }

    private void write(Stmt stmt, Scope scope) {
        if (stmt instanceof Stmt.Declare declare) {
            declare(declare, scope);
        } else if (stmt instanceof Stmt.Assign assign) {
            Expr.Var[][] targets = copies.get(assign.variable());
            each(assign.value(), targets, scope, (r, v, value) -> new Stmt.Assign(targets[r][v], value));
        } else if (stmt instanceof Stmt.Store store) {
            store(store, scope);
        } else if (stmt instanceof Stmt.For loop) {
            Expr from = scalar(loop.from(), 0);
            Expr to = scalar(loop.to(), 0);
            Expr.Var variable = fresh(loop.variable());
            scope.out.add(new Stmt.For(variable, from, to, body(loop.body(), scope)));
        } else if (stmt instanceof Stmt.If choice) {
            scope.out.add(new Stmt.If(scalar(choice.condition(), 0), body(choice.then(), scope)));
        } else if (stmt instanceof Stmt.Lanes lanes) {
            lanes(lanes, scope);
        } else {
            throw new IllegalArgumentException("no vector form of " + stmt);
        }
    }

    /**
     * True for lanes with elementary functions and so many operations that HotSpot could give up on twice as many: it
     * compiles an operation on vectors from hundreds of nodes, and makes objects of what is left when it has too many. That
     * many are not short of independent work either.
     */
    static boolean isHeavy(Stmt.Lanes lanes) {
        int[] operations = {0};
        boolean[] functions = {false};
        Traversal.visitExpressions(lanes.body(), expr -> {
            boolean leaf = expr instanceof Expr.Var || expr instanceof Expr.Real || expr instanceof Expr.Int;
            operations[0] += leaf ? 0 : 1;
            functions[0] |= expr instanceof Expr.BitsToReal;
        });
        return functions[0] && operations[0] > HEAVY && lanes.body().stream().noneMatch(Stmt.For.class::isInstance);
    }

    private void lanes(Stmt.Lanes lanes, Scope scope) {
        int whole = lanes.padded() / VectorSchedule.MOST_LANES * VectorSchedule.MOST_LANES;
        int rest = lanes.padded() - whole;
        if (whole > 0) {
            vectors = whole % (VECTORS * VectorSchedule.MOST_LANES) == 0 && !isHeavy(lanes) ? VECTORS : 1;
            Expr step = Fold.multiply(new Expr.Int(vectors), new Expr.LaneCount());
            Expr.Var block = new Expr.Var("block", Kind.INT);
            Expr.Var first = new Expr.Var(lanes.variable().name(), Kind.INT);
            List<Stmt> inner = new ArrayList<>();
            inner.add(new Stmt.Declare(first, new Expr.Binary(Expr.Operator.MULTIPLY, block, step)));
            linear.put(lanes.variable(), new Linear(first, 0, 1));
            inner.addAll(body(lanes.body(), scope));
            Expr blocks = new Expr.Binary(Expr.Operator.DIVIDE, new Expr.Int(whole), step);
            scope.out.add(new Stmt.For(block, new Expr.Int(0), blocks, inner));
        }
        if (rest > 0) {
            tail(lanes, whole, scope);
        }
    }

    /** The lanes that fill no vector, one after the other. */
    private void tail(Stmt.Lanes lanes, int from, Scope scope) {
        // What the vectors made of the lanes' own variables is not theirs to read.
        Set<Expr.Var> declared = Traversal.declared(lanes.body());
        for (int r = 0; r < rows; r++) {
            Expr.Var lane = new Expr.Var(lanes.variable().name(), Kind.INT);
            int row = r;
            Substitution here = new Substitution() {
                @Override
                Expr replacement(Expr.Var variable) {
                    if (variable == lanes.variable()) {
                        return lane;
                    }
                    if (declared.contains(variable)) {
                        return variable;
                    }
                    Linear known = linear.get(variable);
                    if (known != null && known.laneStep == 0) {
                        return Fold.add(known.first, new Expr.Int(known.rowStep * row));
                    }
                    Expr.Var[][] outside = copies.get(variable);
                    return outside != null && !byLane.contains(variable)
                            ? outside[outside.length == 1 ? 0 : row][0]
                            : variable;
                }
            };
            List<Stmt> body = Renamed.of(here.body(lanes.body()));
            scope.out.add(new Stmt.For(lane, new Expr.Int(from), new Expr.Int(lanes.padded()), body));
        }
    }

    private Expr.Var fresh(Expr.Var variable) {
        Expr.Var copy = new Expr.Var(variable.name(), variable.kind());
        copies.put(variable, new Expr.Var[][] {{copy}});
        return copy;
    }

    private void declare(Stmt.Declare declare, Scope scope) {
        Expr.Var variable = declare.variable();
        if (variable.kind() == Kind.INT && !assigned.contains(variable)) {
            Linear value = linear(declare.value());
            if (value != null) {
                Expr first = share(value.first, variable.name(), scope);
                linear.put(variable, new Linear(first, value.rowStep, value.laneStep));
                return;
            }
        }
        boolean lane = byLane.contains(variable);
        int rowCopies = byRow.contains(variable) ? rows : 1;
        int laneCopies = lane ? vectors : 1;
        Kind kind = lane ? variable.kind().vector() : variable.kind();
        Expr.Var[][] all = new Expr.Var[rowCopies][laneCopies];
        for (int r = 0; r < rowCopies; r++) {
            for (int v = 0; v < laneCopies; v++) {
                String suffix = (rowCopies > 1 ? String.valueOf(r) : "") + (laneCopies > 1 ? "ab".charAt(v) : "");
                all[r][v] = new Expr.Var(variable.name() + suffix, kind);
            }
        }
        each(declare.value(), all, scope, (r, v, value) -> new Stmt.Declare(all[r][v], value));
        copies.put(variable, all);
    }

    private interface Copy {
        Stmt write(int row, int vector, Expr value);
    }

    /** Writes a statement for every copy of its target; what copies share is computed before, once. */
    private void each(Expr value, Expr.Var[][] targets, Scope scope, Copy copy) {
        boolean vector = targets[0][0].kind().isVector();
        each(value, targets.length, targets[0].length, vector, scope, copy);
    }

    private void each(Expr value, int rowCopies, int laneCopies, boolean vector, Scope scope, Copy copy) {
        Hoisted hoisted = new Hoisted();
        Expr common = vector ? hoistLane(value, laneCopies, hoisted, scope) : value;
        for (int r = 0; r < rowCopies; r++) {
            hoisted.row.clear();
            Expr own = vector ? hoistRow(common, r, laneCopies, hoisted, scope) : common;
            for (int v = 0; v < laneCopies; v++) {
                scope.out.add(copy.write(r, v, vector ? vector(own, r, v, hoisted) : scalar(own, r)));
            }
        }
    }

    private void store(Stmt.Store store, Scope scope) {
        Linear index = linear(store.index());
        boolean vector = index != null && index.laneStep == 1;
        if (!vector) {
            boolean perRow = depends(store.index(), byRow) || depends(store.value(), byRow);
            for (int r = 0; r < (perRow ? rows : 1); r++) {
                scope.out.add(new Stmt.Store(store.buffer(), scalar(store.index(), r), scalar(store.value(), r)));
            }
            return;
        }
        Expr first = share(index.first, "at", scope);
        boolean perRow = depends(store.index(), byRow) || depends(store.value(), byRow);
        each(
                store.value(),
                perRow ? rows : 1,
                vectors,
                true,
                scope,
                (r, v, value) -> new Stmt.Store(store.buffer(), at(first, index.rowStep * r, v), value));
    }

    /** Values computed before the copies of a statement: for each vector, or for the current row. */
    private static final class Hoisted {
        private final Map<Expr.Var, Expr.Var[]> byVector = new HashMap<>();
        private final Map<Expr.Var, Expr.Var> row = new HashMap<>();
    }

    /** Loads that all rows share, and values that all copies share: each once, as vectors. */
    private Expr hoistLane(Expr expr, int laneCopies, Hoisted hoisted, Scope scope) {
        boolean row = depends(expr, byRow);
        boolean lane = depends(expr, byLane);
        if (!row && isWorthHoisting(expr) && expr.kind() != Kind.INT) {
            Expr.Var marker = new Expr.Var(label(expr), expr.kind());
            Expr.Var[] all = new Expr.Var[lane ? laneCopies : 1];
            for (int v = 0; v < all.length; v++) {
                String suffix = all.length > 1 ? String.valueOf("ab".charAt(v)) : "";
                all[v] = new Expr.Var(label(expr) + suffix, expr.kind().vector());
                Expr value = vector(expr, 0, v, hoisted);
                scope.out.add(new Stmt.Declare(all[v], value));
            }
            hoisted.byVector.put(marker, all);
            return marker;
        }
        return map(expr, e -> hoistLane(e, laneCopies, hoisted, scope));
    }

    /** What the lanes of one row share: once for its vectors. */
    private Expr hoistRow(Expr expr, int r, int laneCopies, Hoisted hoisted, Scope scope) {
        boolean lane = depends(expr, byLane) || mentionsHoisted(expr, hoisted);
        if (!lane && laneCopies > 1 && isWorthHoisting(expr) && expr.kind() != Kind.INT) {
            Expr.Var marker = new Expr.Var(label(expr), expr.kind());
            Expr.Var value = new Expr.Var(label(expr), expr.kind().vector());
            scope.out.add(new Stmt.Declare(value, new Expr.Broadcast(scalar(expr, r))));
            hoisted.row.put(marker, value);
            return marker;
        }
        return map(expr, e -> hoistRow(e, r, laneCopies, hoisted, scope));
    }

    private static boolean mentionsHoisted(Expr expr, Hoisted hoisted) {
        return Traversal.variables(expr).stream().anyMatch(hoisted.byVector::containsKey);
    }

    private static boolean isWorthHoisting(Expr expr) {
        return expr instanceof Expr.Load;
    }

    private static String label(Expr expr) {
        if (!(expr instanceof Expr.Load load)) {
            return "shared";
        }
        boolean constant =
                load.buffer().place() == Buffer.Place.CONSTANT || load.buffer().place() == Buffer.Place.DERIVED;
        return constant ? "weight" : "value";
    }

    /** Rebuilds an expression of values with its operands replaced; indices stay. */
    private static Expr map(Expr expr, UnaryOperator<Expr> change) {
        return expr instanceof Expr.Load || expr.kind() == Kind.INT ? expr : Rewriter.map(expr, change);
    }

    private boolean depends(Expr expr, Set<Expr.Var> variables) {
        return Traversal.variables(expr).stream().anyMatch(variables::contains);
    }

    /** The value of one row, where lanes do not matter. */
    private Expr scalar(Expr expr, int r) {
        if (expr instanceof Expr.Var variable) {
            Linear known = linear.get(variable);
            if (known != null) {
                return Fold.add(known.first, new Expr.Int(known.rowStep * r));
            }
            Expr.Var[][] all = copies.get(variable);
            return all == null ? variable : all[all.length == 1 ? 0 : r][0];
        }
        if (expr.kind() == Kind.INT) {
            Linear value = linear(expr);
            if (value != null) {
                return Fold.add(value.first, new Expr.Int(value.rowStep * r));
            }
        }
        return Rewriter.map(expr, e -> scalar(e, r));
    }

    /** The value of one row for the lanes of one vector. */
    private Expr vector(Expr expr, int r, int v, Hoisted hoisted) {
        if (expr instanceof Expr.Var variable) {
            if (hoisted.row.containsKey(variable)) {
                return hoisted.row.get(variable);
            }
            Expr.Var[] before = hoisted.byVector.get(variable);
            if (before != null) {
                return before[before.length == 1 ? 0 : v];
            }
        }
        if (!depends(expr, byLane) && !mentionsHoisted(expr, hoisted) && !mentionsRow(expr, hoisted)) {
            Expr value = scalar(expr, r);
            return value.kind().isVector() ? value : new Expr.Broadcast(value);
        }
        if (expr instanceof Expr.Var variable) {
            Expr.Var[][] all = copies.get(variable);
            Expr.Var[] ofRow = all[all.length == 1 ? 0 : r];
            return ofRow[ofRow.length == 1 ? 0 : v];
        }
        if (expr instanceof Expr.Load load) {
            Linear index = linear(load.index());
            return new Expr.LoadVector(load.buffer(), at(index.first, index.rowStep * r, v));
        }
        return Rewriter.map(expr, e -> vector(e, r, v, hoisted));
    }

    private static boolean mentionsRow(Expr expr, Hoisted hoisted) {
        return Traversal.variables(expr).stream().anyMatch(hoisted.row::containsKey);
    }

    private static Expr at(Expr first, int offset, int vector) {
        Expr start = Fold.add(first, new Expr.Int(offset));
        return vector == 0 ? start : Fold.add(start, Fold.multiply(new Expr.Int(vector), new Expr.LaneCount()));
    }

    /** A variable that holds an int; the value itself where it is one already or no more than one sum. */
    private Expr share(Expr value, String name, Scope scope) {
        boolean plain = value instanceof Expr.Var || value instanceof Expr.Int;
        boolean offset = value instanceof Expr.Binary sum
                && sum.left() instanceof Expr.Var
                && sum.right() instanceof Expr.Int
                && (sum.operator() == Expr.Operator.ADD || sum.operator() == Expr.Operator.SUBTRACT);
        if (plain || offset) {
            return value;
        }
        Expr.Var found = scope.find(value);
        if (found != null) {
            return found;
        }
        Expr.Var variable = new Expr.Var(name, Kind.INT);
        scope.out.add(new Stmt.Declare(variable, value));
        boolean loads = Traversal.any(value, e -> e instanceof Expr.Load);
        boolean changes = Traversal.variables(value).stream().anyMatch(assigned::contains);
        if (!loads && !changes) {
            scope.shared.put(value, variable);
        }
        return variable;
    }

    /** The int as a linear function of row and lane; null where it is none. */
    private Linear linear(Expr expr) {
        if (expr instanceof Expr.Var variable) {
            Linear known = linear.get(variable);
            if (known != null) {
                return known;
            }
        }
        if (!depends(expr, byRow) && !depends(expr, byLane)) {
            return new Linear(plain(expr), 0, 0);
        }
        if (!(expr instanceof Expr.Binary binary) || expr.kind() != Kind.INT) {
            return null;
        }
        Linear left = linear(binary.left());
        Linear right = linear(binary.right());
        if (left == null || right == null) {
            return null;
        }
        return switch (binary.operator()) {
            case ADD ->
                new Linear(
                        Fold.add(left.first, right.first),
                        left.rowStep + right.rowStep,
                        left.laneStep + right.laneStep);
            case SUBTRACT ->
                new Linear(
                        new Fold(null).root(new Expr.Binary(Expr.Operator.SUBTRACT, left.first, right.first)),
                        left.rowStep - right.rowStep,
                        left.laneStep - right.laneStep);
            case MULTIPLY -> product(left, right);
            default -> null;
        };
    }

    private Expr plain(Expr expr) {
        if (expr instanceof Expr.Var variable) {
            Expr.Var[][] all = copies.get(variable);
            return all == null ? variable : all[0][0];
        }
        return Rewriter.map(expr, this::plain);
    }

    private static Linear product(Linear left, Linear right) {
        if (isUniform(left) && left.first instanceof Expr.Int factor) {
            return scaled(right, factor.value());
        } else if (isUniform(right) && right.first instanceof Expr.Int factor) {
            return scaled(left, factor.value());
        }
        return isUniform(left) && isUniform(right)
                ? new Linear(new Expr.Binary(Expr.Operator.MULTIPLY, left.first, right.first), 0, 0)
                : null;
    }

    private static boolean isUniform(Linear value) {
        return value.rowStep == 0 && value.laneStep == 0;
    }

    private static Linear scaled(Linear value, int factor) {
        return new Linear(
                Fold.multiply(new Expr.Int(factor), value.first), value.rowStep * factor, value.laneStep * factor);
    }
}
