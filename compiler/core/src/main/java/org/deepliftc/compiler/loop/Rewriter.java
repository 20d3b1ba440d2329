package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.List;

/** Rebuilds statements and expressions; a subclass overrides what it changes and calls {@code super} for the rest. */
public class Rewriter {

    /** The expression with its operands rewritten. */
    public Expr expr(Expr expr) {
        if (expr instanceof Expr.Load load) {
            return new Expr.Load(load.buffer(), expr(load.index()));
        } else if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(binary.operator(), expr(binary.left()), expr(binary.right()));
        } else if (expr instanceof Expr.Fma fma) {
            return new Expr.Fma(expr(fma.a()), expr(fma.b()), expr(fma.c()));
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(), call.arguments().stream().map(this::expr).toList());
        } else if (expr instanceof Expr.Compare compare) {
            return new Expr.Compare(compare.relation(), expr(compare.left()), expr(compare.right()));
        } else if (expr instanceof Expr.And and) {
            return new Expr.And(expr(and.left()), expr(and.right()));
        } else if (expr instanceof Expr.Select select) {
            return new Expr.Select(expr(select.condition()), expr(select.then()), expr(select.otherwise()));
        } else if (expr instanceof Expr.ToReal toReal) {
            return new Expr.ToReal(expr(toReal.value()));
        }
        return expr;
    }

    /** What stands in place of a statement: any number of statements. */
    public List<Stmt> stmt(Stmt stmt) {
        if (stmt instanceof Stmt.Declare declare) {
            return List.of(new Stmt.Declare(declare.variable(), expr(declare.value())));
        } else if (stmt instanceof Stmt.Assign assign) {
            return List.of(new Stmt.Assign(assign.variable(), expr(assign.value())));
        } else if (stmt instanceof Stmt.Store store) {
            return List.of(new Stmt.Store(store.buffer(), expr(store.index()), expr(store.value())));
        } else if (stmt instanceof Stmt.For loop) {
            return List.of(new Stmt.For(loop.variable(), expr(loop.from()), expr(loop.to()), body(loop.body())));
        } else if (stmt instanceof Stmt.Lanes lanes) {
            return List.of(new Stmt.Lanes(lanes.variable(), lanes.extent(), body(lanes.body())));
        }
        Stmt.If choice = (Stmt.If) stmt;
        return List.of(new Stmt.If(expr(choice.condition()), body(choice.then())));
    }

    public final List<Stmt> body(List<Stmt> body) {
        List<Stmt> rewritten = new ArrayList<>();
        for (Stmt stmt : body) {
            rewritten.addAll(stmt(stmt));
        }
        return rewritten;
    }
}
