package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Makes straight lines readable: drops values nobody uses, writes a value that is used once where it is used as long as
 * the line stays short, and continues a long sum in one variable. Example: {@code sum = Math.fma(a_3, 0.5f,
 * Math.fma(a_2, 0.25f, sum));}
 *
 * <p>Relies on every variable being assigned once, as {@link Unroll} leaves them.
 */
final class Tidy {
    private static final int LINE = 84;

    private final Map<Expr.Var, String> names;
    private final Map<Expr.Var, Integer> uses = new HashMap<>();
    private final Set<Buffer> stored = new HashSet<>();
    private final Map<Expr.Var, Expr> pending = new HashMap<>();
    private final Map<Expr.Var, Expr.Var> physical = new HashMap<>();
    private final Map<Expr.Var, String> finalNames = new HashMap<>();
    private final List<Stmt> out = new ArrayList<>();

    private Tidy(Map<Expr.Var, String> names) {
        this.names = names;
    }

    static List<Stmt> run(List<Stmt> straight, Map<Expr.Var, String> names) {
        Tidy tidy = new Tidy(names);
        List<Stmt> live = tidy.live(straight);
        for (Stmt stmt : live) {
            tidy.place(stmt);
        }
        return tidy.renamed();
    }

    /** The statements without declarations nobody needs; counts uses on the way. */
    private List<Stmt> live(List<Stmt> straight) {
        List<Stmt> live = new ArrayList<>();
        for (int i = straight.size() - 1; i >= 0; i--) {
            Stmt stmt = straight.get(i);
            if (stmt instanceof Stmt.Declare declare && !uses.containsKey(declare.variable())) {
                continue;
            }
            if (stmt instanceof Stmt.Store store) {
                stored.add(store.buffer());
            }
            Traversal.expressions(stmt)
                    .forEach(expr -> Traversal.visit(expr, e -> {
                        if (e instanceof Expr.Var variable) {
                            uses.merge(variable, 1, Integer::sum);
                        }
                    }));
            live.add(stmt);
        }
        Collections.reverse(live);
        return live;
    }

    private void place(Stmt stmt) {
        if (stmt instanceof Stmt.Store store) {
            // Both operands before either is printed: the value may need a line of its own.
            Expr index = absorb(store.index());
            out.add(new Stmt.Store(store.buffer(), index, absorb(store.value())));
            return;
        }
        Stmt.Declare declare = (Stmt.Declare) stmt;
        Expr value = absorb(declare.value());
        if (uses.get(declare.variable()) == 1 && !readsChanging(value)) {
            pending.put(declare.variable(), value);
        } else {
            emit(declare.variable(), value);
        }
    }

    /** The expression with waiting values written in; those that would make the line too long get their own. */
    private Expr absorb(Expr expr) {
        Set<Expr.Var> waiting = new LinkedHashSet<>();
        Traversal.visit(expr, e -> {
            if (e instanceof Expr.Var variable && pending.containsKey(variable)) {
                waiting.add(variable);
            }
        });
        Map<Expr.Var, Expr> inlined = new HashMap<>();
        int width = width(expr);
        for (Expr.Var variable : waiting) {
            Expr value = pending.remove(variable);
            int wider = width + width(value);
            if (wider <= LINE) {
                inlined.put(variable, value);
                width = wider;
            } else {
                emit(variable, value);
            }
        }
        return inlined.isEmpty() ? expr : substitute(expr, inlined);
    }

    private void emit(Expr.Var variable, Expr value) {
        Expr.Var continued = continued(variable, value);
        if (continued == null) {
            out.add(new Stmt.Declare(variable, value));
            finalNames.put(variable, names.getOrDefault(variable, variable.name()));
        } else {
            physical.put(variable, continued);
            out.add(new Stmt.Assign(continued, value));
            if (names.containsKey(variable)) {
                finalNames.put(continued, names.get(variable));
            }
        }
    }

    /** The variable of an earlier value of the same local that ends here, or null. */
    private Expr.Var continued(Expr.Var variable, Expr value) {
        for (Expr.Var used : new LinkedHashSet<>(ordered(value))) {
            boolean same = used.name().equals(variable.name()) && used.kind() == variable.kind();
            if (same && uses.get(used) == 1 && (physical.containsKey(used) || finalNames.containsKey(used))) {
                return physical.getOrDefault(used, used);
            }
        }
        return null;
    }

    private static List<Expr.Var> ordered(Expr value) {
        List<Expr.Var> variables = new ArrayList<>();
        Traversal.visit(value, e -> {
            if (e instanceof Expr.Var variable) {
                variables.add(variable);
            }
        });
        return variables;
    }

    private boolean readsChanging(Expr value) {
        boolean[] found = {false};
        Traversal.visit(value, e -> found[0] |= e instanceof Expr.Load load && stored.contains(load.buffer()));
        return found[0];
    }

    private List<Stmt> renamed() {
        Map<Expr.Var, Expr> fresh = new HashMap<>();
        finalNames.forEach((variable, name) -> fresh.put(variable, new Expr.Var(name, variable.kind())));
        Map<Expr.Var, Expr> all = new HashMap<>(fresh);
        physical.forEach((variable, target) -> all.put(variable, fresh.get(target)));
        List<Stmt> renamed = new ArrayList<>();
        for (Stmt stmt : out) {
            if (stmt instanceof Stmt.Declare declare) {
                renamed.add(
                        new Stmt.Declare((Expr.Var) fresh.get(declare.variable()), substitute(declare.value(), all)));
            } else if (stmt instanceof Stmt.Assign assign) {
                renamed.add(new Stmt.Assign((Expr.Var) fresh.get(assign.variable()), substitute(assign.value(), all)));
            } else if (stmt instanceof Stmt.Store store) {
                renamed.add(
                        new Stmt.Store(store.buffer(), substitute(store.index(), all), substitute(store.value(), all)));
            }
        }
        return renamed;
    }

    private static Expr substitute(Expr expr, Map<Expr.Var, Expr> replacements) {
        return new Substitution() {
            @Override
            Expr replacement(Expr.Var variable) {
                return replacements.getOrDefault(variable, variable);
            }
        }.expr(expr);
    }

    /** Characters the expression takes on a line, roughly. */
    private int width(Expr expr) {
        int own;
        if (expr instanceof Expr.Var variable) {
            own = names.getOrDefault(variable, variable.name()).length();
        } else if (expr instanceof Expr.Real) {
            own = 10;
        } else if (expr instanceof Expr.Int) {
            own = 3;
        } else if (expr instanceof Expr.Load load) {
            own = load.buffer().name().length() * (load.buffer().hasOffset() ? 2 : 1) + 7;
        } else {
            own = expr instanceof Expr.Binary ? 5 : 14;
        }
        return own + Traversal.operands(expr).stream().mapToInt(this::width).sum();
    }
}
