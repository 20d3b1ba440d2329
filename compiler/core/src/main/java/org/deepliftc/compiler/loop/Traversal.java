package org.deepliftc.compiler.loop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads through statements and expressions: the one generic walk, outermost first, in order of execution. */
public final class Traversal {
    private Traversal() {}

    /** The direct operands of an expression. */
    public static List<Expr> operands(Expr expr) {
        if (expr instanceof Expr.Load load) {
            return List.of(load.index());
        } else if (expr instanceof Expr.LoadVector load) {
            return List.of(load.index());
        } else if (expr instanceof Expr.Broadcast broadcast) {
            return List.of(broadcast.value());
        } else if (expr instanceof Expr.Binary binary) {
            return List.of(binary.left(), binary.right());
        } else if (expr instanceof Expr.Fma fma) {
            return List.of(fma.a(), fma.b(), fma.c());
        } else if (expr instanceof Expr.Call call) {
            return call.arguments();
        } else if (expr instanceof Expr.Compare compare) {
            return List.of(compare.left(), compare.right());
        } else if (expr instanceof Expr.And and) {
            return List.of(and.left(), and.right());
        } else if (expr instanceof Expr.Select select) {
            return List.of(select.condition(), select.then(), select.otherwise());
        } else if (expr instanceof Expr.ToReal toReal) {
            return List.of(toReal.value());
        } else if (expr instanceof Expr.ToInt toInt) {
            return List.of(toInt.value());
        } else if (expr instanceof Expr.RealToBits bits) {
            return List.of(bits.value());
        } else if (expr instanceof Expr.BitsToReal bits) {
            return List.of(bits.value());
        }
        return List.of();
    }

    /** The expressions that stand directly in a statement, without those of statements inside it. */
    public static List<Expr> expressions(Stmt stmt) {
        if (stmt instanceof Stmt.Declare declare) {
            return List.of(declare.value());
        } else if (stmt instanceof Stmt.Assign assign) {
            return List.of(assign.value());
        } else if (stmt instanceof Stmt.Store store) {
            return List.of(store.index(), store.value());
        } else if (stmt instanceof Stmt.For loop) {
            return List.of(loop.from(), loop.to());
        } else if (stmt instanceof Stmt.Rows rows) {
            return List.of(rows.extent());
        } else if (stmt instanceof Stmt.If choice) {
            return List.of(choice.condition());
        }
        return List.of();
    }

    /** The statements directly inside a statement. */
    public static List<Stmt> body(Stmt stmt) {
        if (stmt instanceof Stmt.For loop) {
            return loop.body();
        } else if (stmt instanceof Stmt.Rows rows) {
            return rows.body();
        } else if (stmt instanceof Stmt.Kernel kernel) {
            return kernel.body();
        } else if (stmt instanceof Stmt.Lanes lanes) {
            return lanes.body();
        } else if (stmt instanceof Stmt.If choice) {
            return choice.then();
        }
        return List.of();
    }

    /** Visits an expression and everything below it. */
    public static void visit(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        for (Expr operand : operands(expr)) {
            visit(operand, visitor);
        }
    }

    /** True where the expression or anything below it passes a test. */
    public static boolean any(Expr expr, Predicate<Expr> test) {
        return test.test(expr) || operands(expr).stream().anyMatch(e -> any(e, test));
    }

    /** Visits every statement of a body, at any depth. */
    public static void visitStatements(List<Stmt> body, Consumer<Stmt> visitor) {
        for (Stmt stmt : body) {
            visitor.accept(stmt);
            visitStatements(body(stmt), visitor);
        }
    }

    /** Visits every expression of a body, at any depth. */
    public static void visitExpressions(List<Stmt> body, Consumer<Expr> visitor) {
        visitStatements(body, stmt -> expressions(stmt).forEach(expr -> visit(expr, visitor)));
    }

    /** The locals and loop variables that statements declare, at any depth. */
    public static Set<Expr.Var> declared(List<Stmt> body) {
        Set<Expr.Var> declared = new HashSet<>();
        visitStatements(body, stmt -> {
            if (stmt instanceof Stmt.Declare declare) {
                declared.add(declare.variable());
            } else if (stmt instanceof Stmt.For loop) {
                declared.add(loop.variable());
            }
        });
        return declared;
    }

    /** The variables an expression mentions. */
    public static Set<Expr.Var> variables(Expr expr) {
        Set<Expr.Var> found = new HashSet<>();
        visit(expr, e -> {
            if (e instanceof Expr.Var variable) {
                found.add(variable);
            }
        });
        return found;
    }

    /** The variables a body mentions or assigns, whether it declares them or not. */
    public static Set<Expr.Var> variables(List<Stmt> body) {
        Set<Expr.Var> found = new HashSet<>();
        visitStatements(body, stmt -> {
            expressions(stmt).forEach(expr -> found.addAll(variables(expr)));
            if (stmt instanceof Stmt.Assign assign) {
                found.add(assign.variable());
            }
        });
        return found;
    }
}
