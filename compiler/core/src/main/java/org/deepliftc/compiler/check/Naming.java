package org.deepliftc.compiler.check;

import java.util.List;

/**
 * How the nodes of an expression are named.
 *
 * @param definition the full name of the definition the expression belongs to
 * @param outermost whether the expression is the whole definition, and its node takes the name as it is
 * @param names the full names that take the values of a function that returns several
 */
record Naming(String definition, boolean outermost, List<String> names) {
    Naming {
        names = List.copyOf(names);
    }

    Naming(String definition, boolean outermost) {
        this(definition, outermost, List.of());
    }

    Naming inner() {
        return outermost ? new Naming(definition, false) : this;
    }

    /** The name of the node a call of {@code function} makes. */
    String of(String function) {
        return outermost ? definition : definition + "." + function;
    }

    /** The naming of one of several values. */
    Naming ofResult(int index) {
        return index < names.size() ? new Naming(names.get(index), true) : this;
    }
}
