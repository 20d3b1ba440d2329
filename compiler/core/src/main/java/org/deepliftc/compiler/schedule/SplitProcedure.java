package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/** Cuts a procedure that is too large for one method between its outermost statements, where no local crosses. */
final class SplitProcedure {
    private SplitProcedure() {}

    /** The parts in order; the procedure itself where it fits or cannot be cut. */
    static List<Procedure> run(Procedure procedure) {
        if (BytecodeSize.fits(procedure.body())) {
            return List.of(procedure);
        }
        List<List<Stmt>> parts = new ArrayList<>();
        List<Stmt> part = new ArrayList<>();
        for (List<Stmt> piece : pieces(procedure.body())) {
            List<Stmt> longer = new ArrayList<>(part);
            longer.addAll(piece);
            if (!part.isEmpty() && !BytecodeSize.fits(longer)) {
                parts.add(part);
                longer = new ArrayList<>(piece);
            }
            part = longer;
        }
        parts.add(part);
        return named(procedure, parts);
    }

    /** The procedure in two halves, at a cut between statements or within its only loop; empty if there is no cut. */
    static Optional<List<Procedure>> halve(Procedure procedure) {
        List<List<Stmt>> pieces = pieces(procedure.body());
        if (pieces.size() > 1) {
            int middle = pieces.size() / 2;
            return Optional.of(named(
                    procedure, List.of(flat(pieces.subList(0, middle)), flat(pieces.subList(middle, pieces.size())))));
        }
        return procedure.body().size() == 1
                ? halves(procedure.body().get(0)).map(halves -> named(procedure, halves))
                : Optional.empty();
    }

    private static Optional<List<List<Stmt>>> halves(Stmt stmt) {
        Stmt loop = stmt instanceof Stmt.Lanes lanes
                ? SplitLanes.asLoop(lanes)
                : stmt instanceof Stmt.Rows rows
                        ? new Stmt.For(rows.variable(), new Expr.Int(0), rows.extent(), rows.body())
                        : stmt;
        if (!(loop instanceof Stmt.For f)
                || !(f.from() instanceof Expr.Int from)
                || !(f.to() instanceof Expr.Int to)
                || to.value() <= from.value()) {
            return Optional.empty();
        }
        if (to.value() - from.value() == 1) {
            List<Stmt> once = new Substitution() {
                @Override
                Expr replacement(Expr.Var variable) {
                    return variable == f.variable() ? from : variable;
                }
            }.body(f.body());
            List<List<Stmt>> pieces = pieces(once);
            if (pieces.size() == 1) {
                return once.size() == 1 ? halves(once.get(0)) : Optional.empty();
            }
            int middle = pieces.size() / 2;
            return Optional.of(List.of(flat(pieces.subList(0, middle)), flat(pieces.subList(middle, pieces.size()))));
        }
        Expr middle = new Expr.Int(from.value() + (to.value() - from.value()) / 2);
        return Optional.of(List.of(
                List.of(new Stmt.For(f.variable(), from, middle, f.body())),
                List.of(new Stmt.For(f.variable(), middle, to, f.body()))));
    }

    /** The smallest runs of statements that share no local. */
    static List<List<Stmt>> pieces(List<Stmt> body) {
        List<List<Stmt>> pieces = new ArrayList<>();
        List<Stmt> piece = new ArrayList<>();
        Set<Expr.Var> declared = new HashSet<>();
        for (int i = 0; i < body.size(); i++) {
            piece.add(body.get(i));
            if (body.get(i) instanceof Stmt.Declare declare) {
                declared.add(declare.variable());
            }
            Set<Expr.Var> later = Traversal.variables(body.subList(i + 1, body.size()));
            if (declared.stream().noneMatch(later::contains)) {
                pieces.add(piece);
                piece = new ArrayList<>();
                declared.clear();
            }
        }
        return pieces;
    }

    private static List<Stmt> flat(List<List<Stmt>> pieces) {
        return pieces.stream().flatMap(List::stream).toList();
    }

    private static List<Procedure> named(Procedure procedure, List<List<Stmt>> parts) {
        if (parts.size() == 1) {
            return List.of(procedure);
        }
        List<Procedure> all = new ArrayList<>();
        for (List<Stmt> part : parts) {
            all.add(Accesses.withBody(procedure, procedure.name(), part));
        }
        return all;
    }
}
