package org.deepliftc.compiler.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Which variables of a loop over lanes differ from lane to lane.
 *
 * @param variables the lane's variable and every local that gets a value depending on it
 * @param uniformControl true where all lanes take the same way: bounds and conditions are the same for all, and no
 *     variable from outside is assigned
 */
record Varying(Set<Expr.Var> variables, boolean uniformControl) {

    static Varying of(Stmt.Lanes lanes) {
        Set<Expr.Var> variables = new HashSet<>(Set.of(lanes.variable()));
        int before;
        do {
            before = variables.size();
            grow(lanes.body(), variables);
        } while (variables.size() > before);
        return new Varying(variables, uniform(lanes, variables));
    }

    boolean depends(Expr expr) {
        return Traversal.variables(expr).stream().anyMatch(variables::contains);
    }

    private static void grow(List<Stmt> body, Set<Expr.Var> variables) {
        Traversal.visitStatements(body, stmt -> {
            if (stmt instanceof Stmt.Declare declare && mentions(declare.value(), variables)) {
                variables.add(declare.variable());
            } else if (stmt instanceof Stmt.Assign assign && mentions(assign.value(), variables)) {
                variables.add(assign.variable());
            }
        });
    }

    private static boolean uniform(Stmt.Lanes lanes, Set<Expr.Var> variables) {
        Set<Expr.Var> declared = new HashSet<>();
        boolean[] uniform = {true};
        Traversal.visitStatements(lanes.body(), stmt -> {
            if (stmt instanceof Stmt.Declare declare) {
                declared.add(declare.variable());
            } else if (stmt instanceof Stmt.Assign assign) {
                uniform[0] &= declared.contains(assign.variable());
            } else if (stmt instanceof Stmt.For loop) {
                uniform[0] &= !mentions(loop.from(), variables) && !mentions(loop.to(), variables);
            } else if (stmt instanceof Stmt.If choice) {
                uniform[0] &= !mentions(choice.condition(), variables);
            }
        });
        return uniform[0];
    }

    private static boolean mentions(Expr expr, Set<Expr.Var> variables) {
        return Traversal.variables(expr).stream().anyMatch(variables::contains);
    }
}
