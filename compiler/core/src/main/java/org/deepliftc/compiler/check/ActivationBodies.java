package org.deepliftc.compiler.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.syntax.Statement;

/** The activations the user defined, as functions of one variable; those they use are put in their place. */
final class ActivationBodies {
    private static final int MOST_OPERATIONS = 1000;
    private static final int DEEPEST = 50;

    private final Map<String, Statement.Activation> definitions;
    private final Map<String, Optional<Activation.UserDefined>> known = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    ActivationBodies(Map<String, Statement.Activation> definitions) {
        this.definitions = definitions;
    }

    boolean has(String name) {
        return definitions.containsKey(name);
    }

    /** The activation of that name, which is defined; fails once for a body that means nothing, then silently. */
    Activation.UserDefined get(String name) {
        Optional<Activation.UserDefined> earlier = known.get(name);
        if (earlier != null) {
            return earlier.orElseThrow(Failure::consequence);
        }
        Statement.Activation definition = definitions.get(name);
        known.put(name, Optional.empty());
        open.push(name);
        try {
            requireShallow(definition);
            ScalarFunction body = definition
                    .body()
                    .match(new ScalarFunctions(this, definition.variable().text()));
            if (size(body, new IdentityHashMap<>()) > MOST_OPERATIONS) {
                throw Failure.of(
                        Problem.LIMIT001,
                        definition.span(),
                        "activation '" + name + "' expands to more than " + MOST_OPERATIONS + " operations");
            }
            Activation.UserDefined activation = new Activation.UserDefined(name, body);
            known.put(name, Optional.of(activation));
            return activation;
        } finally {
            open.pop();
        }
    }

    private void requireShallow(Statement.Activation definition) {
        if (open.size() > DEEPEST) {
            throw Failure.of(
                    Problem.LIMIT001,
                    definition.span(),
                    "activations use each other more than " + DEEPEST + " levels deep");
        }
    }

    /** True where {@code name} is being read: whoever uses it now uses itself. */
    boolean isOpen(String name) {
        return open.contains(name);
    }

    private static long size(ScalarFunction function, Map<ScalarFunction, Long> sizes) {
        Long earlier = sizes.get(function);
        if (earlier != null) {
            return earlier;
        }
        long size = 1;
        if (function instanceof ScalarFunction.Apply) {
            size += size(((ScalarFunction.Apply) function).inner(), sizes);
        } else if (function instanceof ScalarFunction.Arithmetic) {
            ScalarFunction.Arithmetic both = (ScalarFunction.Arithmetic) function;
            size += size(both.left(), sizes) + size(both.right(), sizes);
        }
        sizes.put(function, Math.min(size, Integer.MAX_VALUE));
        return size;
    }
}
