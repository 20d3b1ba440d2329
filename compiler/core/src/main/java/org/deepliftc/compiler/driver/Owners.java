package org.deepliftc.compiler.driver;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which node of the model a name that compiling made belongs to.
 *
 * @param nodes the names of the model's nodes
 */
record Owners(Set<String> nodes) {

    static Owners of(RuleTable rules) {
        return new Owners(rules.rows().stream().map(RuleTable.Row::node).collect(Collectors.toSet()));
    }

    /** The model's node that a derived name such as {@code h1.reference} or {@code h1.multiplier} belongs to. */
    String of(String name) {
        int dot = name.lastIndexOf('.');
        boolean derived = !nodes.contains(name) && dot > 0;
        return derived ? of(name.substring(0, dot)) : name;
    }
}
