package org.deepliftc.compiler.schedule;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/** What code a loop is: read off the scheduled statements, so that it says what is printed and not what was wanted. */
public enum CodeForm {
    VECTOR,
    SCALAR;

    /**
     * The forms of a scheduled procedure: those of its innermost loops, and scalar where all stands outside of loops. Index
     * arithmetic around vectors makes no form of its own; storing literals, which computes nothing, has none.
     */
    public static Set<CodeForm> of(Procedure procedure) {
        Set<CodeForm> forms = EnumSet.noneOf(CodeForm.class);
        collect(procedure.body(), forms);
        if (forms.isEmpty() && computes(procedure.body())) {
            forms.add(SCALAR);
        }
        return forms;
    }

    private static void collect(List<Stmt> body, Set<CodeForm> forms) {
        for (Stmt stmt : body) {
            if (isVector(stmt)) {
                forms.add(VECTOR);
            } else if (stmt instanceof Stmt.For && !hasVectors(stmt)) {
                if (computes(List.of(stmt))) {
                    forms.add(SCALAR);
                }
            } else {
                collect(Traversal.body(stmt), forms);
            }
        }
    }

    private static boolean computes(List<Stmt> body) {
        boolean[] found = {false};
        Traversal.visitStatements(body, s -> found[0] |= s instanceof Stmt.Store && !storesLiteral(s));
        return found[0];
    }

    static boolean storesLiteral(Stmt stmt) {
        return stmt instanceof Stmt.Store store && store.value() instanceof Expr.Real;
    }

    private static boolean hasVectors(Stmt stmt) {
        boolean[] found = {false};
        Traversal.visitStatements(List.of(stmt), s -> found[0] |= isVector(s));
        return found[0];
    }

    private static boolean isVector(Stmt stmt) {
        return Traversal.expressions(stmt).stream().anyMatch(expr -> expr.kind().isVector());
    }
}
