package org.deepliftc.compiler.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.deepliftc.compiler.diagnostic.SourceSpan;

/**
 * Names and their values. A model, a function body and each turn of a loop have a scope; the scope of a loop lies
 * inside that of its surroundings, a function sees nothing but its parameters.
 */
final class Scope {
    /** A name's value, where it was first given, and whether anything read it. */
    static final class Binding {
        private Value value;
        private final SourceSpan span;
        private boolean used;

        Binding(Value value, SourceSpan span) {
            this.value = value;
            this.span = span;
        }

        Value value() {
            return value;
        }

        SourceSpan span() {
            return span;
        }

        boolean isUsed() {
            return used;
        }

        void use() {
            used = true;
        }
    }

    private final Optional<Scope> outer;
    private final Map<String, Binding> names = new LinkedHashMap<>();

    Scope() {
        this.outer = Optional.empty();
    }

    private Scope(Scope outer) {
        this.outer = Optional.of(outer);
    }

    Scope inner() {
        return new Scope(this);
    }

    Optional<Binding> find(String name) {
        Binding own = names.get(name);
        return own != null ? Optional.of(own) : outer.flatMap(o -> o.find(name));
    }

    /** Gives the name a value: a name of the surroundings changes there, a new one is known here only. */
    void assign(String name, Value value, SourceSpan span) {
        Optional<Binding> existing = find(name);
        if (existing.isPresent()) {
            existing.get().value = value;
        } else {
            define(name, value, span);
        }
    }

    /** Makes a name of this scope, which hides one of the surroundings. */
    void define(String name, Value value, SourceSpan span) {
        names.put(name, new Binding(value, span));
    }

    Map<String, Binding> own() {
        return names;
    }

    Collection<String> known() {
        Set<String> all = new TreeSet<>(names.keySet());
        outer.ifPresent(o -> all.addAll(o.known()));
        return all;
    }
}
