package org.deepliftc.compiler.schedule;

import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Rewriter;

/** Replaces variables and folds the index arithmetic this makes foldable. */
abstract class Substitution extends Rewriter {
    private static final Fold FOLD = new Fold(null);

    /** What stands in place of the variable; the variable itself where it stays. */
    abstract Expr replacement(Expr.Var variable);

    @Override
    public final Expr expr(Expr expr) {
        if (expr instanceof Expr.Var variable) {
            return replacement(variable);
        }
        Expr rewritten = super.expr(expr);
        return rewritten.kind() == Kind.INT ? FOLD.root(rewritten) : rewritten;
    }
}
