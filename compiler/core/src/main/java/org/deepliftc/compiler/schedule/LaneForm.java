package org.deepliftc.compiler.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/** Says which loops over lanes vectors can run, and which loops over rows are worth a register tile. */
final class LaneForm {
    private LaneForm() {}

    /**
     * True where every lane reads and writes the element beside its neighbour's, all take the same way, and padding lanes
     * reach into no array of the caller's.
     *
     * @param rows the variables of a block of rows around
     */
    static boolean isVector(Stmt.Lanes lanes, Set<Expr.Var> rows) {
        if (lanes.padded() < VectorSchedule.MOST_LANES || !Varying.of(lanes).uniformControl()) {
            return false;
        }
        Dependence dependence = Dependence.of(rows, List.of(lanes));
        boolean padded = lanes.padded() > lanes.extent();
        boolean[] fits = {true};
        Traversal.visitStatements(lanes.body(), stmt -> {
            fits[0] &= !(stmt instanceof Stmt.Lanes) && !(stmt instanceof Stmt.Rows);
            if (stmt instanceof Stmt.Store store) {
                fits[0] &= step(store.index(), dependence, lanes) == 1
                        && store.buffer().kind() == Kind.REAL;
            } else if (stmt instanceof Stmt.Declare declare
                    && dependence.byLane().contains(declare.variable())) {
                boolean index = declare.variable().kind() == Kind.INT && !isConverted(declare.value());
                fits[0] &= !index;
            } else if (stmt instanceof Stmt.Assign assign && dependence.byLane().contains(assign.variable())) {
                fits[0] &= assign.variable().kind() == Kind.REAL;
            }
        });
        Traversal.visitExpressions(lanes.body(), expr -> {
            if (expr instanceof Expr.Load load && dependence.isByLane(load.index())) {
                fits[0] &= step(load.index(), dependence, lanes) == 1
                        && load.buffer().kind() == Kind.REAL;
                fits[0] &= !padded || !VectorSchedule.isForeign(load.buffer());
            } else if (dependence.isByLane(expr)) {
                fits[0] &= !(expr instanceof Expr.ToReal real) || !isIndex(real.value(), lanes);
                fits[0] &= !(expr instanceof Expr.Call call) || isExact(call.function());
            }
        });
        return fits[0];
    }

    /** True where all there is to do is to store a literal. */
    static boolean isFill(Stmt.Lanes lanes) {
        return lanes.body().stream().allMatch(CodeForm::storesLiteral);
    }

    /** True for ints made of reals: values, not indices. */
    private static boolean isConverted(Expr value) {
        return Traversal.any(value, e -> e instanceof Expr.RealToBits || e instanceof Expr.ToInt);
    }

    private static boolean isIndex(Expr value, Stmt.Lanes lanes) {
        return Traversal.any(value, e -> e == lanes.variable());
    }

    /** True for the functions that vectors have, with the same bits. */
    private static boolean isExact(Expr.Function function) {
        return function == Expr.Function.SQRT || function == Expr.Function.ABS;
    }

    /** How far apart neighbouring lanes are; -1 where that is no number. */
    private static int step(Expr index, Dependence dependence, Stmt.Lanes lanes) {
        if (!dependence.isByLane(index)) {
            return 0;
        }
        if (index instanceof Expr.Var variable) {
            return variable == lanes.variable() ? 1 : -1;
        }
        if (!(index instanceof Expr.Binary binary)) {
            return -1;
        }
        int left = step(binary.left(), dependence, lanes);
        int right = step(binary.right(), dependence, lanes);
        if (left < 0 || right < 0) {
            return -1;
        }
        return switch (binary.operator()) {
            case ADD -> left + right;
            case SUBTRACT -> right == 0 ? left : -1;
            case MULTIPLY -> factor(binary, left, right);
            default -> -1;
        };
    }

    private static int factor(Expr.Binary product, int left, int right) {
        if (product.left() instanceof Expr.Int l) {
            return l.value() * right;
        }
        return product.right() instanceof Expr.Int r ? r.value() * left : -1;
    }

    /** True where a loop over lanes stands inside. */
    static boolean hasLanes(Stmt stmt) {
        boolean[] found = {false};
        Traversal.visitStatements(List.of(stmt), s -> found[0] |= s instanceof Stmt.Lanes);
        return found[0];
    }

    /** True for a loop whose parts read what later parts of the step before wrote. */
    static boolean isRecurrence(Stmt.For loop) {
        Set<Buffer> written = new HashSet<>();
        Set<Buffer> before = new HashSet<>();
        for (Stmt part : loop.body()) {
            Accesses accesses = Accesses.of(List.of(part));
            if (accesses.writes().stream().anyMatch(before::contains)) {
                return true;
            }
            accesses.reads().stream().filter(b -> !written.contains(b)).forEach(before::add);
            written.addAll(accesses.writes());
        }
        return false;
    }

    /** True where a loop over lanes inside sums in a loop of its own. */
    static boolean hasSum(Stmt stmt) {
        boolean[] found = {false};
        Traversal.visitStatements(List.of(stmt), s -> {
            if (s instanceof Stmt.Lanes lanes) {
                found[0] |= lanes.body().stream().anyMatch(Stmt.For.class::isInstance);
            }
        });
        return found[0];
    }

    /** True where all lanes inside can be vectors that sum over what rows share, and rows take one way. */
    static boolean sharesSums(Stmt.Rows rows) {
        if (!hasSum(rows)) {
            return false;
        }
        Dependence dependence = Dependence.of(Set.of(rows.variable()), rows.body());
        boolean[] fits = {true};
        for (Stmt stmt : rows.body()) {
            fits[0] &= stmt instanceof Stmt.Declare || stmt instanceof Stmt.Lanes || stmt instanceof Stmt.Store;
            if (stmt instanceof Stmt.Lanes lanes) {
                fits[0] &= isVector(lanes, Set.of(rows.variable()));
            }
        }
        Traversal.visitStatements(rows.body(), stmt -> {
            if (stmt instanceof Stmt.For loop) {
                fits[0] &= !dependence.isByRow(loop.from()) && !dependence.isByRow(loop.to());
            } else if (stmt instanceof Stmt.If choice) {
                fits[0] &= !dependence.isByRow(choice.condition());
            }
        });
        Traversal.visitExpressions(rows.body(), expr -> {
            if (expr instanceof Expr.Load load && dependence.isByLane(load.index())) {
                fits[0] &= isLinear(load.index(), dependence);
            }
        });
        return fits[0];
    }

    /** True where the distance of rows is a literal. */
    private static boolean isLinear(Expr index, Dependence dependence) {
        if (!dependence.isByRow(index) || index instanceof Expr.Var) {
            return true;
        }
        if (!(index instanceof Expr.Binary binary)) {
            return false;
        }
        return switch (binary.operator()) {
            case ADD, SUBTRACT -> isLinear(binary.left(), dependence) && isLinear(binary.right(), dependence);
            case MULTIPLY ->
                binary.left() instanceof Expr.Int && isLinear(binary.right(), dependence)
                        || binary.right() instanceof Expr.Int && isLinear(binary.left(), dependence);
            default -> false;
        };
    }
}
