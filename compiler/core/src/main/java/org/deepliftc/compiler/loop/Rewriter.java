package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilds statements and expressions; a subclass overrides what it changes and calls {@code super} for the rest. */
public class Rewriter {

    /** The expression with its operands rewritten. */
    public Expr expr(Expr expr) {
        return map(expr, this::expr);
    }

    /** An expression with each operand replaced. */
    public static Expr map(Expr expr, UnaryOperator<Expr> change) {
        if (expr instanceof Expr.Load load) {
            return new Expr.Load(load.buffer(), change.apply(load.index()));
        } else if (expr instanceof Expr.LoadVector load) {
            return new Expr.LoadVector(load.buffer(), change.apply(load.index()));
        } else if (expr instanceof Expr.Broadcast broadcast) {
            return new Expr.Broadcast(change.apply(broadcast.value()));
        } else if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(binary.operator(), change.apply(binary.left()), change.apply(binary.right()));
        } else if (expr instanceof Expr.Fma fma) {
            return new Expr.Fma(change.apply(fma.a()), change.apply(fma.b()), change.apply(fma.c()));
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(), call.arguments().stream().map(change).toList());
        } else if (expr instanceof Expr.Compare compare) {
            return new Expr.Compare(compare.relation(), change.apply(compare.left()), change.apply(compare.right()));
        } else if (expr instanceof Expr.And and) {
            return new Expr.And(change.apply(and.left()), change.apply(and.right()));
        } else if (expr instanceof Expr.Select select) {
            return new Expr.Select(
                    change.apply(select.condition()), change.apply(select.then()), change.apply(select.otherwise()));
        } else if (expr instanceof Expr.ToReal toReal) {
            return new Expr.ToReal(change.apply(toReal.value()));
        } else if (expr instanceof Expr.ToInt toInt) {
            return new Expr.ToInt(change.apply(toInt.value()));
        } else if (expr instanceof Expr.RealToBits bits) {
            return new Expr.RealToBits(change.apply(bits.value()));
        } else if (expr instanceof Expr.BitsToReal bits) {
            return new Expr.BitsToReal(change.apply(bits.value()));
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
            return List.of(new Stmt.Lanes(lanes.variable(), lanes.extent(), lanes.padded(), body(lanes.body())));
        } else if (stmt instanceof Stmt.Rows rows) {
            return List.of(new Stmt.Rows(rows.variable(), expr(rows.extent()), body(rows.body())));
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
