package org.deepliftc.cli;

import java.util.Collection;
import java.util.Optional;

/**
 * A flag's value with or without a name before it: {@code FILE} or {@code NAME=FILE}.
 *
 * @param name the name, where the value has one
 */
record NamedValue(Optional<String> name, String value) {

    /**
     * Splits where one of {@code known} names stands before the {@code =}; a file may have the sign in its name. The
     * longest name wins, as names may hold the sign too.
     */
    static NamedValue split(String text, Collection<String> known) {
        return known.stream()
                .filter(name -> text.startsWith(name + "="))
                .max(java.util.Comparator.comparingInt(String::length))
                .map(name -> new NamedValue(Optional.of(name), text.substring(name.length() + 1)))
                .orElseGet(() -> new NamedValue(Optional.empty(), text));
    }
}
