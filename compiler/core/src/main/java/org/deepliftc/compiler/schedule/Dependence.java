package org.deepliftc.compiler.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Which variables of a body depend on the row, which on the lane, and which are assigned more than once.
 */
record Dependence(Set<Expr.Var> byRow, Set<Expr.Var> byLane, Set<Expr.Var> assigned) {

    static Dependence of(Set<Expr.Var> rows, List<Stmt> body) {
        Set<Expr.Var> lanes = new HashSet<>();
        Set<Expr.Var> assigned = new HashSet<>();
        Traversal.visitStatements(body, stmt -> {
            if (stmt instanceof Stmt.Lanes loop) {
                lanes.add(loop.variable());
            } else if (stmt instanceof Stmt.Assign assign) {
                assigned.add(assign.variable());
            }
        });
        return new Dependence(closure(rows, body), closure(lanes, body), assigned);
    }

    private static Set<Expr.Var> closure(Set<Expr.Var> roots, List<Stmt> body) {
        Set<Expr.Var> all = new HashSet<>(roots);
        int before;
        do {
            before = all.size();
            Traversal.visitStatements(body, stmt -> {
                if (stmt instanceof Stmt.Declare declare && mentions(declare.value(), all)) {
                    all.add(declare.variable());
                } else if (stmt instanceof Stmt.Assign assign && mentions(assign.value(), all)) {
                    all.add(assign.variable());
                }
            });
        } while (all.size() > before);
        return all;
    }

    static boolean mentions(Expr expr, Set<Expr.Var> variables) {
        return Traversal.any(expr, e -> e instanceof Expr.Var variable && variables.contains(variable));
    }

    boolean isByLane(Expr expr) {
        return mentions(expr, byLane);
    }

    boolean isByRow(Expr expr) {
        return mentions(expr, byRow);
    }
}
