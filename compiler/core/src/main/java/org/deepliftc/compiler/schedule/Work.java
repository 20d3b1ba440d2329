package org.deepliftc.compiler.schedule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Procedure;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Counts what procedures do by running through their loops, up to a limit of statements.
 */
final class Work {
    private static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("more work than the limit", null, false, false);
        }
    }

    private final long limit;
    private long statements;
    private long multiplyAdds;
    private final Map<Expr.Var, Expr> known = new HashMap<>();

    private Work(long limit) {
        this.limit = limit;
    }

    /** True where the procedures run at most so many statements, {@code multiplyAdds} of them multiplications. */
    static boolean isAtMost(List<Procedure> procedures, long multiplyAdds, long statements) {
        Work work = new Work(statements);
        try {
            for (Procedure procedure : procedures) {
                work.run(procedure.body());
            }
        } catch (Exceeded e) {
            return false;
        }
        return work.multiplyAdds <= multiplyAdds;
    }

    private void run(List<Stmt> body) {
        for (Stmt stmt : body) {
            run(stmt);
        }
    }

    private void run(Stmt stmt) {
        if (++statements > limit) {
            throw new Exceeded();
        }
        for (Expr expr : Traversal.expressions(stmt)) {
            Traversal.visit(expr, e -> {
                boolean product = e instanceof Expr.Binary b && b.operator() == Expr.Operator.MULTIPLY;
                if (e.kind() == Kind.REAL && (product || e instanceof Expr.Fma)) {
                    multiplyAdds++;
                }
            });
        }
        if (stmt instanceof Stmt.Declare declare && declare.variable().kind() == Kind.INT) {
            known.put(declare.variable(), value(declare.value()));
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop.variable(), value(loop.from()), value(loop.to()), loop.body());
        } else if (stmt instanceof Stmt.Lanes lanes) {
            loop(lanes.variable(), new Expr.Int(0), new Expr.Int(lanes.extent()), lanes.body());
        } else if (stmt instanceof Stmt.Rows rows) {
            loop(rows.variable(), new Expr.Int(0), value(rows.extent()), rows.body());
        } else if (stmt instanceof Stmt.If choice) {
            run(choice.then());
        }
    }

    private void loop(Expr.Var variable, Expr from, Expr to, List<Stmt> body) {
        if (from instanceof Expr.Int first && to instanceof Expr.Int end) {
            for (int i = first.value(); i < end.value(); i++) {
                known.put(variable, new Expr.Int(i));
                run(body);
            }
        } else {
            run(body);
        }
    }

    private Expr value(Expr expr) {
        return new Substitution() {
            @Override
            Expr replacement(Expr.Var variable) {
                return known.getOrDefault(variable, variable);
            }
        }.expr(expr);
    }
}
