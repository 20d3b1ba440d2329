package org.deepliftc.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;
import org.deepliftc.compiler.loop.Stmt;

/**
 * Runs statements on symbols: loops are walked through, indices become numbers, constants literals, and every value
 * that is computed a variable written once. Elements of {@code local} buffers are such variables and have no array.
 *
 * <p>No real operation is left out or moved against another of the same result, so the bits stay the same.
 */
final class Unroll {

    /** What a run may assume. */
    record Setting(Set<Buffer> local, Set<Buffer> gathered, Map<Buffer, List<Expr>> literals, Fold fold) {}

    /** A buffer in {@link Setting#local} or elsewhere is indexed by data; run again with it among the gathered. */
    static final class Gathered extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Buffer buffer;

        Gathered(Buffer buffer) {
            super(buffer.name(), null, false, false);
            this.buffer = buffer;
        }

        Buffer buffer() {
            return buffer;
        }
    }

    private record Element(Buffer buffer, int index) {}

    private static final int STEP_LIMIT = 200_000;

    private final Setting setting;
    private final List<Stmt> out = new ArrayList<>();
    /** In order of declaration, so that what merges them after a condition has the same order every time. */
    private final Map<Expr.Var, Expr> values = new LinkedHashMap<>();

    private Map<Element, Expr> elements = new LinkedHashMap<>();
    /** The elements stored under each open condition, innermost last. */
    private final List<Set<Element>> conditional = new ArrayList<>();

    /** Better names for variables whose value became an element of a buffer. */
    private final Map<Expr.Var, String> names = new HashMap<>();

    private final Set<Expr.Var> locals = new HashSet<>();
    private int steps;
    private int choices;

    Unroll(Setting setting) {
        this.setting = setting;
    }

    /** Sets the value of a variable that the statements do not declare. */
    void assume(Expr.Var variable, Expr value) {
        values.put(variable, value);
    }

    void run(List<Stmt> body) throws NotUnrollable, Gathered {
        for (Stmt stmt : body) {
            run(stmt);
        }
    }

    /** What was written so far: declarations of variables that never change, and stores. */
    List<Stmt> statements() {
        return out;
    }

    /** What to call a variable of {@link #statements()} where not by its own name. */
    Map<Expr.Var, String> names() {
        return names;
    }

    private void run(Stmt stmt) throws NotUnrollable, Gathered {
        if (++steps > STEP_LIMIT) {
            throw new NotUnrollable("more than " + STEP_LIMIT + " steps");
        }
        if (stmt instanceof Stmt.Declare declare) {
            set(declare.variable(), value(declare.value()));
        } else if (stmt instanceof Stmt.Assign assign) {
            set(assign.variable(), value(assign.value()));
        } else if (stmt instanceof Stmt.Store store) {
            store(store);
        } else if (stmt instanceof Stmt.For loop) {
            loop(loop.variable(), value(loop.from()), value(loop.to()), loop.body());
        } else if (stmt instanceof Stmt.Lanes lanes) {
            loop(lanes.variable(), new Expr.Int(0), new Expr.Int(lanes.extent()), lanes.body());
        } else if (stmt instanceof Stmt.Rows rows) {
            loop(rows.variable(), new Expr.Int(0), value(rows.extent()), rows.body());
        } else if (stmt instanceof Stmt.If choice) {
            choose(choice);
        }
    }

    private void set(Expr.Var variable, Expr value) {
        Expr atom = named(variable.name(), value);
        values.put(variable, atom);
        if (atom != value) {
            locals.add((Expr.Var) atom);
        }
    }

    private void loop(Expr.Var variable, Expr from, Expr to, List<Stmt> body) throws NotUnrollable, Gathered {
        if (!(from instanceof Expr.Int first && to instanceof Expr.Int end)) {
            throw new NotUnrollable("the bounds of loop " + variable + " depend on data");
        }
        for (int i = first.value(); i < end.value(); i++) {
            values.put(variable, new Expr.Int(i));
            run(body);
        }
    }

    private void store(Stmt.Store store) throws NotUnrollable, Gathered {
        Expr index = value(store.index());
        Expr value = value(store.value());
        Buffer buffer = store.buffer();
        if (index instanceof Expr.Int i && !setting.gathered.contains(buffer)) {
            Element element = element(buffer, i.value());
            Expr atom = named(elementName(element), value);
            if (value instanceof Expr.Var variable && locals.remove(variable)) {
                names.put(variable, elementName(element));
            }
            elements.put(element, atom);
            if (!conditional.isEmpty()) {
                conditional.get(conditional.size() - 1).add(element);
            } else if (!setting.local.contains(buffer)) {
                out.add(new Stmt.Store(buffer, index, atom));
            }
            return;
        }
        if (!setting.gathered.contains(buffer)) {
            throw new Gathered(buffer);
        } else if (!conditional.isEmpty()) {
            throw new NotUnrollable("a store into " + buffer + " depends on data");
        }
        out.add(new Stmt.Store(buffer, index, value));
    }

    /** Both ways are computed, then chosen between: what is computed under a condition is free of side effects. */
    private void choose(Stmt.If choice) throws NotUnrollable, Gathered {
        Expr condition = value(choice.condition());
        Boolean known = Fold.known(condition);
        if (known != null) {
            if (known) {
                run(choice.then());
            }
            return;
        }
        Expr flag = named("holds", condition);
        Map<Expr.Var, Expr> valuesBefore = new LinkedHashMap<>(values);
        Map<Element, Expr> elementsBefore = new LinkedHashMap<>(elements);
        conditional.add(new HashSet<>());
        run(choice.then());
        Set<Element> stored = conditional.remove(conditional.size() - 1);
        for (Map.Entry<Expr.Var, Expr> before : valuesBefore.entrySet()) {
            Expr now = values.get(before.getKey());
            if (now != before.getValue() && !now.equals(before.getValue())) {
                Expr chosen = new Expr.Select(flag, now, before.getValue());
                values.put(before.getKey(), named(before.getKey().name(), chosen));
            }
        }
        for (Element element : new ArrayList<>(elements.keySet())) {
            if (stored.contains(element)) {
                merge(element, flag, elements.get(element), elementsBefore.get(element));
            }
        }
    }

    private void merge(Element element, Expr flag, Expr now, Expr before) throws NotUnrollable {
        Expr old = before == null ? load(element) : before;
        Expr atom = named(elementName(element), new Expr.Select(flag, now, old));
        elements.put(element, atom);
        if (!conditional.isEmpty()) {
            conditional.get(conditional.size() - 1).add(element);
        } else if (!setting.local.contains(element.buffer)) {
            out.add(new Stmt.Store(element.buffer, new Expr.Int(element.index), atom));
        }
    }

    private Expr value(Expr expr) throws NotUnrollable, Gathered {
        if (expr instanceof Expr.Var variable) {
            return values.getOrDefault(variable, variable);
        } else if (expr instanceof Expr.Load load) {
            return load(load.buffer(), value(load.index()));
        } else if (expr instanceof Expr.Select select) {
            Expr condition = value(select.condition());
            Boolean known = Fold.known(condition);
            if (known != null) {
                return value(known ? select.then() : select.otherwise());
            }
            choices++;
            Expr chosen = new Expr.Select(condition, value(select.then()), value(select.otherwise()));
            choices--;
            return chosen;
        } else if (expr instanceof Expr.And and) {
            Expr left = value(and.left());
            return Boolean.FALSE.equals(Fold.known(left))
                    ? left
                    : setting.fold.root(new Expr.And(left, value(and.right())));
        }
        return setting.fold.root(withOperands(expr));
    }

    private Expr withOperands(Expr expr) throws NotUnrollable, Gathered {
        if (expr instanceof Expr.Binary binary) {
            return new Expr.Binary(binary.operator(), value(binary.left()), value(binary.right()));
        } else if (expr instanceof Expr.Fma fma) {
            return new Expr.Fma(value(fma.a()), value(fma.b()), value(fma.c()));
        } else if (expr instanceof Expr.Call call) {
            List<Expr> arguments = new ArrayList<>();
            for (Expr argument : call.arguments()) {
                arguments.add(value(argument));
            }
            return new Expr.Call(call.function(), arguments);
        } else if (expr instanceof Expr.Compare compare) {
            return new Expr.Compare(compare.relation(), value(compare.left()), value(compare.right()));
        } else if (expr instanceof Expr.ToReal toReal) {
            return new Expr.ToReal(value(toReal.value()));
        } else if (expr instanceof Expr.ToInt toInt) {
            return new Expr.ToInt(value(toInt.value()));
        } else if (expr instanceof Expr.RealToBits bits) {
            return new Expr.RealToBits(value(bits.value()));
        } else if (expr instanceof Expr.BitsToReal bits) {
            return new Expr.BitsToReal(value(bits.value()));
        }
        return expr;
    }

    private Expr load(Buffer buffer, Expr index) throws NotUnrollable, Gathered {
        List<Expr> literals = setting.literals.get(buffer);
        if (index instanceof Expr.Int i) {
            Element element = element(buffer, i.value());
            if (literals != null) {
                return literals.get(i.value());
            }
            if (!setting.gathered.contains(buffer)) {
                Expr known = elements.get(element);
                return known != null ? known : load(element);
            }
        } else if (literals == null && !setting.gathered.contains(buffer)) {
            throw new Gathered(buffer);
        }
        // A load by a computed index may be in range only under its condition, so it must not move before it; and the
        // load of an array that changes must not cross a store.
        if (!conditional.isEmpty() || choices > 0) {
            throw new NotUnrollable("a load of " + buffer + " depends on data");
        }
        return variable(buffer.name() + "At", new Expr.Load(buffer, index));
    }

    private Expr load(Element element) throws NotUnrollable {
        if (setting.local.contains(element.buffer)) {
            throw new NotUnrollable(element.buffer + " is read before it is written");
        }
        Expr loaded = variable(elementName(element), new Expr.Load(element.buffer, new Expr.Int(element.index)));
        elements.put(element, loaded);
        return loaded;
    }

    private static Element element(Buffer buffer, int index) throws NotUnrollable {
        if (index < 0 || index >= buffer.size()) {
            throw new NotUnrollable("index " + index + " lies outside " + buffer);
        }
        return new Element(buffer, index);
    }

    private static String elementName(Element element) {
        String name = element.buffer.name();
        return element.buffer.size() == 1 ? name : name + "_" + element.index;
    }

    /** The value itself where it is a variable or literal, else a new variable that holds it. */
    private Expr named(String name, Expr value) {
        boolean atom = value instanceof Expr.Var || value instanceof Expr.Real || value instanceof Expr.Int;
        return atom ? value : variable(name, value);
    }

    private Expr variable(String name, Expr value) {
        Expr.Var variable = new Expr.Var(name, value.kind());
        out.add(new Stmt.Declare(variable, value));
        return variable;
    }
}
