package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Rewriter;
import org.deepliftc.compiler.loop.Stmt;

/**
 * Writes exponentials, logarithms, hyperbolic tangents, sines and cosines out in float arithmetic ({@link FloatFunctions}), before the
 * statement that uses them: the same bits on every Java, in scalar and in vector code. A function in a branch of a choice is
 * computed always; that has no side effects.
 */
final class ExpandFunctions extends Rewriter {
    private Code before = new Code(true);
    private final Map<Expr.Call, Expr> known = new HashMap<>();

    private ExpandFunctions() {}

    static List<Stmt> run(List<Stmt> body) {
        return new ExpandFunctions().body(body);
    }

    @Override
    public List<Stmt> stmt(Stmt stmt) {
        Code around = before;
        before = new Code(true);
        known.clear();
        List<Stmt> rewritten = super.stmt(stmt);
        List<Stmt> all = new ArrayList<>(before.statements());
        all.addAll(rewritten);
        before = around;
        known.clear();
        return all;
    }

    @Override
    public Expr expr(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return super.expr(expr);
        }
        Expr.Call own = (Expr.Call) super.expr(call);
        Expr value = known.get(own);
        if (value == null) {
            value = FloatFunctions.of(own, before);
            known.put(own, value);
        }
        return value;
    }
}
