package org.deepliftc.compiler.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Rewriter;
import org.deepliftc.compiler.loop.Stmt;

/** A copy of statements whose own variables are new ones, so that it can stand beside the original. */
final class Renamed extends Rewriter {
    private final Map<Expr.Var, Expr.Var> own = new HashMap<>();

    private Renamed() {}

    static List<Stmt> of(List<Stmt> body) {
        return new Renamed().body(body);
    }

    private Expr.Var fresh(Expr.Var variable) {
        Expr.Var copy = new Expr.Var(variable.name(), variable.kind());
        own.put(variable, copy);
        return copy;
    }

    @Override
    public Expr expr(Expr expr) {
        return expr instanceof Expr.Var variable ? own.getOrDefault(variable, variable) : super.expr(expr);
    }

    @Override
    public List<Stmt> stmt(Stmt stmt) {
        if (stmt instanceof Stmt.Declare declare) {
            Expr value = expr(declare.value());
            return List.of(new Stmt.Declare(fresh(declare.variable()), value));
        } else if (stmt instanceof Stmt.Assign assign) {
            Expr.Var target = own.getOrDefault(assign.variable(), assign.variable());
            return List.of(new Stmt.Assign(target, expr(assign.value())));
        } else if (stmt instanceof Stmt.For loop) {
            Expr from = expr(loop.from());
            Expr to = expr(loop.to());
            Expr.Var variable = fresh(loop.variable());
            return List.of(new Stmt.For(variable, from, to, body(loop.body())));
        }
        return super.stmt(stmt);
    }
}
