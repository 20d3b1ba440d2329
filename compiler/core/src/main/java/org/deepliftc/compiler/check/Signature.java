package org.deepliftc.compiler.check;

import java.util.List;

/**
 * What a function takes.
 *
 * @param parameters their names, in the order of arguments given by position
 * @param variadic whether arguments given by position are all of one kind and any number, and only the parameters
 *     are named
 */
record Signature(String function, List<String> parameters, boolean variadic) {
    Signature {
        parameters = List.copyOf(parameters);
    }

    static Signature of(String function, String... parameters) {
        return new Signature(function, List.of(parameters), false);
    }

    static Signature variadic(String function, String... parameters) {
        return new Signature(function, List.of(parameters), true);
    }
}
