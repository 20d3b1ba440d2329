package org.deepliftc.compiler.loop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold inside a loop over lanes, so that a printer may run any number of them abreast. */
final class LaneRules {
    private LaneRules() {}

    static List<String> problems(Stmt.Lanes lanes) {
        Set<Expr.Var> varying = new HashSet<>(Set.of(lanes.variable()));
        int before;
        do {
            before = varying.size();
            Traversal.visitStatements(lanes.body(), stmt -> {
                if (stmt instanceof Stmt.Declare declare && mentions(declare.value(), varying)) {
                    varying.add(declare.variable());
                } else if (stmt instanceof Stmt.Assign assign && mentions(assign.value(), varying)) {
                    varying.add(assign.variable());
                }
            });
        } while (varying.size() > before);
        return problems(lanes, varying);
    }

    private static List<String> problems(Stmt.Lanes lanes, Set<Expr.Var> varying) {
        List<String> problems = new ArrayList<>();
        Set<Expr.Var> own = new HashSet<>();
        Traversal.visitStatements(lanes.body(), stmt -> {
            if (stmt instanceof Stmt.Declare declare) {
                own.add(declare.variable());
            } else if (stmt instanceof Stmt.Assign assign && !own.contains(assign.variable())) {
                problems.add("lanes of " + lanes.variable() + " share the local " + assign.variable());
            } else if (stmt instanceof Stmt.For loop
                    && (mentions(loop.from(), varying) || mentions(loop.to(), varying))) {
                problems.add("the bounds of loop " + loop.variable() + " differ by lane of " + lanes.variable());
            } else if (stmt instanceof Stmt.If choice && mentions(choice.condition(), varying)) {
                problems.add("a condition differs by lane of " + lanes.variable());
            } else if (stmt instanceof Stmt.Store store && lanes.extent() > 1 && !mentions(store.index(), varying)) {
                problems.add("all lanes of " + lanes.variable() + " write one element of " + store.buffer());
            }
        });
        return problems;
    }

    private static boolean mentions(Expr expr, Set<Expr.Var> varying) {
        return Traversal.variables(expr).stream().anyMatch(varying::contains);
    }
}
