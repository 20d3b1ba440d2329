package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.compiler.loop.Stmt;
import org.deepliftc.compiler.loop.Traversal;

/**
 * Writes the body of a loop over lanes once for a block of neighbouring lanes. Example, two lanes of a dense layer:
 *
 * <pre>
 * float sum0 = bias[u];
 * float sum1 = bias[u + 1];
 * for (int k = 0; k &lt; 200; k++) {
 *     float x0 = x[k];
 *     int weightAt = 64 * k + u;
 *     sum0 = Math.fma(x0, weight[weightAt], sum0);
 *     sum1 = Math.fma(x0, weight[weightAt + 1], sum1);
 * }
 * </pre>
 */
final class JamBlock {

    /** An int that grows from lane to lane: {@code first + lane * step}. */
    private record Linear(Expr first, int step) {
        Expr at(int lane) {
            return Fold.add(first, new Expr.Int(step * lane));
        }
    }

    /** Values computed once for all lanes, reusable in the scope that declares them and inside it. */
    private record Scope(Scope outer, List<Stmt> out, Map<Expr, Expr.Var> shared) {
        Scope(Scope outer) {
            this(outer, new ArrayList<>(), new HashMap<>());
        }

        Expr.Var find(Expr expr) {
            for (Scope scope = this; scope != null; scope = scope.outer) {
                Expr.Var variable = scope.shared.get(expr);
                if (variable != null) {
                    return variable;
                }
            }
            return null;
        }
    }

    private final Stmt.Lanes lanes;
    private final Varying varying;
    private final Set<Expr.Var> assigned;
    private final int count;
    private final Map<Expr.Var, Linear> linear = new HashMap<>();
    private final Map<Expr.Var, List<Expr.Var>> perLane = new HashMap<>();
    private final Map<Expr.Var, Expr.Var> once = new HashMap<>();

    JamBlock(Stmt.Lanes lanes, Varying varying, Set<Expr.Var> assigned, Expr first, int count) {
        this.lanes = lanes;
        this.varying = varying;
        this.assigned = assigned;
        this.count = count;
        linear.put(lanes.variable(), new Linear(first, 1));
    }

    List<Stmt> jam() {
        return body(lanes.body(), null);
    }

    private List<Stmt> body(List<Stmt> body, Scope outer) {
        Scope scope = new Scope(outer);
        for (Stmt stmt : body) {
            jam(stmt, scope);
        }
        return scope.out;
    }

    private void jam(Stmt stmt, Scope scope) {
        if (stmt instanceof Stmt.Declare declare) {
            declare(declare, scope);
        } else if (stmt instanceof Stmt.Assign assign) {
            assign(assign, scope);
        } else if (stmt instanceof Stmt.Store store) {
            store(store, scope);
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop.variable(), loop.from(), loop.to(), loop.body(), scope);
        } else if (stmt instanceof Stmt.Lanes inner) {
            loop(inner.variable(), new Expr.Int(0), new Expr.Int(inner.extent()), inner.body(), scope);
        } else if (stmt instanceof Stmt.If choice) {
            scope.out.add(new Stmt.If(inLane(choice.condition(), 0), body(choice.then(), scope)));
        }
    }

    private void declare(Stmt.Declare declare, Scope scope) {
        Expr.Var variable = declare.variable();
        if (!varying.variables().contains(variable)) {
            scope.out.add(new Stmt.Declare(fresh(variable), inLane(declare.value(), 0)));
            return;
        }
        if (variable.kind() == Kind.INT && !assigned.contains(variable)) {
            Linear value = linear(declare.value());
            if (value != null) {
                linear.put(variable, new Linear(share(value.first, variable.name(), scope), value.step));
                return;
            }
        }
        Expr value = hoist(declare.value(), scope);
        List<Expr.Var> copies = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            copies.add(new Expr.Var(count == 1 ? variable.name() : variable.name() + lane, variable.kind()));
            scope.out.add(new Stmt.Declare(copies.get(lane), inLane(value, lane)));
        }
        perLane.put(variable, copies);
    }

    private void assign(Stmt.Assign assign, Scope scope) {
        List<Expr.Var> copies = perLane.get(assign.variable());
        if (copies == null) {
            scope.out.add(new Stmt.Assign(once.get(assign.variable()), inLane(assign.value(), 0)));
            return;
        }
        Expr value = hoist(assign.value(), scope);
        for (int lane = 0; lane < count; lane++) {
            scope.out.add(new Stmt.Assign(copies.get(lane), inLane(value, lane)));
        }
    }

    private void store(Stmt.Store store, Scope scope) {
        Expr value = hoist(store.value(), scope);
        Expr index = hoistIndex(store.index(), store.buffer().name(), scope);
        for (int lane = 0; lane < count; lane++) {
            scope.out.add(new Stmt.Store(store.buffer(), inLane(index, lane), inLane(value, lane)));
        }
    }

    private void loop(Expr.Var variable, Expr from, Expr to, List<Stmt> body, Scope scope) {
        Expr first = inLane(from, 0);
        Expr end = inLane(to, 0);
        scope.out.add(new Stmt.For(fresh(variable), first, end, body(body, scope)));
    }

    private Expr.Var fresh(Expr.Var variable) {
        Expr.Var copy = new Expr.Var(variable.name(), variable.kind());
        once.put(variable, copy);
        return copy;
    }

    /** Computes what all lanes share before the statement; leaves what only some conditions compute where it is. */
    private Expr hoist(Expr expr, Scope scope) {
        if (count == 1 || expr instanceof Expr.Var || expr instanceof Expr.Real || expr instanceof Expr.Int) {
            return expr;
        }
        if (!varying.depends(expr) && expr.kind() == Kind.REAL) {
            String name = expr instanceof Expr.Load load ? load.buffer().name() + "Shared" : "shared";
            return declareOnce(inLane(expr, 0), name, scope);
        }
        if (expr instanceof Expr.Load load) {
            return new Expr.Load(
                    load.buffer(), hoistIndex(load.index(), load.buffer().name(), scope));
        } else if (expr instanceof Expr.Select select) {
            return new Expr.Select(hoist(select.condition(), scope), select.then(), select.otherwise());
        } else if (expr instanceof Expr.And and) {
            return new Expr.And(hoist(and.left(), scope), and.right());
        } else if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(binary.operator(), hoist(binary.left(), scope), hoist(binary.right(), scope));
        } else if (expr instanceof Expr.Fma fma) {
            return new Expr.Fma(hoist(fma.a(), scope), hoist(fma.b(), scope), hoist(fma.c(), scope));
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(
                    call.function(),
                    call.arguments().stream().map(a -> hoist(a, scope)).toList());
        } else if (expr instanceof Expr.Compare compare) {
            return new Expr.Compare(compare.relation(), hoist(compare.left(), scope), hoist(compare.right(), scope));
        }
        return expr;
    }

    /** Computes the part of an index that all lanes share once: {@code at}, {@code at + 1}, ... remain. */
    private Expr hoistIndex(Expr index, String buffer, Scope scope) {
        Linear value = linear(index);
        if (count == 1 || value == null || !varying.depends(index)) {
            return index;
        }
        Expr.Var lane = new Expr.Var("lane", Kind.INT);
        linear.put(lane, new Linear(share(value.first, buffer + "At", scope), value.step));
        return lane;
    }

    /** A variable that holds {@code value}; the value itself where it is one already or no more than one sum. */
    private Expr share(Expr value, String name, Scope scope) {
        boolean plain = value instanceof Expr.Var || value instanceof Expr.Int;
        boolean offset = value instanceof Expr.Binary sum
                && sum.left() instanceof Expr.Var
                && sum.right() instanceof Expr.Int
                && (sum.operator() == Expr.Operator.ADD || sum.operator() == Expr.Operator.SUBTRACT);
        if (plain || offset || count == 1) {
            return value;
        }
        Expr.Var found = scope.find(value);
        if (found != null) {
            return found;
        }
        Expr.Var variable = declareOnce(value, name, scope);
        if (Traversal.variables(value).stream().noneMatch(this::changes) && !loads(value)) {
            scope.shared.put(value, variable);
        }
        return variable;
    }

    private boolean changes(Expr.Var variable) {
        return assigned.contains(variable)
                || once.entrySet().stream().anyMatch(e -> e.getValue() == variable && assigned.contains(e.getKey()));
    }

    private static boolean loads(Expr value) {
        boolean[] found = {false};
        Traversal.visit(value, e -> found[0] |= e instanceof Expr.Load);
        return found[0];
    }

    private static Expr.Var declareOnce(Expr value, String name, Scope scope) {
        Expr.Var variable = new Expr.Var(name, value.kind());
        scope.out.add(new Stmt.Declare(variable, value));
        return variable;
    }

    /** The int as a linear function of the lane, in terms of the block's variables; null where it is none. */
    private Linear linear(Expr expr) {
        if (!varying.depends(expr) && !(expr instanceof Expr.Var v && linear.containsKey(v))) {
            return new Linear(inLane(expr, 0), 0);
        }
        if (expr instanceof Expr.Var variable) {
            return linear.get(variable);
        }
        if (!(expr instanceof Expr.Binary binary)) {
            return null;
        }
        Linear left = linear(binary.left());
        Linear right = linear(binary.right());
        if (left == null || right == null) {
            return null;
        }
        return switch (binary.operator()) {
            case ADD -> new Linear(Fold.add(left.first, right.first), left.step + right.step);
            case SUBTRACT ->
                new Linear(
                        new Fold(null).root(new Expr.Binary(Expr.Operator.SUBTRACT, left.first, right.first)),
                        left.step - right.step);
            case MULTIPLY -> product(left, right);
            default -> null;
        };
    }

    private static Linear product(Linear left, Linear right) {
        if (left.step == 0 && left.first instanceof Expr.Int factor) {
            return new Linear(Fold.multiply(left.first, right.first), factor.value() * right.step);
        } else if (right.step == 0 && right.first instanceof Expr.Int factor) {
            return new Linear(Fold.multiply(right.first, left.first), factor.value() * left.step);
        }
        return null;
    }

    /** The expression as one lane of the block evaluates it. */
    private Expr inLane(Expr expr, int lane) {
        return new Substitution() {
            @Override
            Expr replacement(Expr.Var variable) {
                Linear value = linear.get(variable);
                if (value != null) {
                    return value.at(lane);
                }
                List<Expr.Var> copies = perLane.get(variable);
                return copies != null ? copies.get(lane) : once.getOrDefault(variable, variable);
            }
        }.expr(expr);
    }
}
