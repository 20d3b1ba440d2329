package org.deepliftc.compiler.check;

/**
 * How the nodes of an expression are named.
 *
 * @param definition the full name of the definition the expression belongs to
 * @param outermost whether the expression is the whole definition, and its node takes the name as it is
 */
record Naming(String definition, boolean outermost) {

    Naming inner() {
        return outermost ? new Naming(definition, false) : this;
    }

    /** The name of the node a call of {@code function} makes. */
    String of(String function) {
        return outermost ? definition : definition + "." + function;
    }
}
