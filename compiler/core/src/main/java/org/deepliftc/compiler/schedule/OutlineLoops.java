package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Accesses;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Gives parts of a loop's body methods of their own where the loop is too large for one method and cannot be cut: a
 * recurrence, whose steps follow each other for every position. Relies on lanes being gone.
 */
final class OutlineLoops {
    private OutlineLoops() {}

    static Procedure run(Procedure procedure) {
        return BytecodeSize.fits(procedure.body())
                ? procedure
                : Accesses.withBody(procedure, procedure.name(), body(procedure.body()));
    }

    private static List<Stmt> body(List<Stmt> body) {
        List<Stmt> all = new ArrayList<>();
        for (Stmt stmt : body) {
            boolean large = stmt instanceof Stmt.For && !BytecodeSize.fits(List.of(stmt));
            all.add(large ? smaller((Stmt.For) stmt) : stmt);
        }
        return all;
    }

    private static Stmt smaller(Stmt.For loop) {
        List<Stmt> head = new ArrayList<>();
        List<Stmt> rest = new ArrayList<>(loop.body());
        // Positions are handed over as they are; what follows them shares no locals, or stays together.
        while (!rest.isEmpty()
                && rest.get(0) instanceof Stmt.Declare declare
                && declare.variable().kind() == Kind.INT
                && Traversal.expressions(declare).stream()
                        .noneMatch(e -> Traversal.any(e, Expr.Load.class::isInstance))) {
            head.add(rest.remove(0));
        }
        List<List<Stmt>> pieces = SplitProcedure.pieces(rest);
        List<Stmt> all = new ArrayList<>(head);
        if (pieces.size() == 1) {
            all.addAll(body(rest));
        } else {
            List<Stmt> part = new ArrayList<>();
            for (List<Stmt> piece : pieces) {
                List<Stmt> longer = new ArrayList<>(part);
                longer.addAll(piece);
                if (!part.isEmpty() && !BytecodeSize.fits(longer)) {
                    all.add(kernel("step", part));
                    longer = new ArrayList<>(piece);
                }
                part = longer;
            }
            all.add(kernel("step", part));
        }
        return new Stmt.For(loop.variable(), loop.from(), loop.to(), all);
    }

    /** Statements as a method of their own, which gets all that they mention and do not declare. */
    static Stmt.Kernel kernel(String name, List<Stmt> body) {
        Set<Expr.Var> declared = Traversal.declared(body);
        Set<Expr.Var> free = new LinkedHashSet<>();
        Traversal.visitExpressions(body, expr -> {
            if (expr instanceof Expr.Var variable && !declared.contains(variable)) {
                free.add(variable);
            }
        });
        return new Stmt.Kernel(name, List.copyOf(free), body);
    }
}
