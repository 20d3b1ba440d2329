package org.deepliftc.compiler.emit.java;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Hands out the identifiers of one scope: each is legal Java, made of ASCII letters and digits, and unlike every other
 * of the scope and of those around it. An inner scope ends by being forgotten, and its names are free again.
 */
final class Identifiers {
    private static final int LONGEST = 60;

    /** Names that are legal but would not mean what they say. */
    private static final Set<String> MISLEADING = Set.of(
            "var",
            "record",
            "yield",
            "sealed",
            "permits",
            "clone",
            "finalize",
            "notify",
            "notifyAll",
            "wait",
            "getClass",
            "hashCode",
            "equals",
            "toString");

    private final Identifiers outer;
    private final Set<String> used = new HashSet<>();
    private final Map<String, Integer> next = new HashMap<>();

    Identifiers() {
        this(null);
    }

    private Identifiers(Identifiers outer) {
        this.outer = outer;
    }

    /** A scope inside this one. */
    Identifiers inner() {
        return new Identifiers(this);
    }

    /** Keeps a name that the printer itself uses. */
    Identifiers reserve(String... names) {
        used.addAll(Set.of(names));
        return this;
    }

    /** A new identifier as close to the proposal as possible. */
    String allocate(String proposal) {
        String base = legal(camelCase(proposal));
        String name = base;
        int number = next.getOrDefault(base, 2);
        while (isUsed(name)) {
            boolean digit = Character.isDigit(base.charAt(base.length() - 1));
            name = base + (digit ? "_" : "") + number++;
        }
        next.put(base, number);
        used.add(name);
        return name;
    }

    private boolean isUsed(String name) {
        return used.contains(name) || outer != null && outer.isUsed(name);
    }

    private static String legal(String name) {
        return SourceVersion.isKeyword(name) || MISLEADING.contains(name) ? name + "Value" : name;
    }

    /**
     * The text as an identifier: {@code fc1/relu:0} becomes {@code fc1Relu0}, {@code h1_3} stays. Everything but ASCII
     * letters, digits and the underscore between digits separates words; never empty.
     */
    static String camelCase(String text) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < text.length() && name.length() < LONGEST; i++) {
            char c = text.charAt(i);
            if (isLetter(c) || isDigit(c)) {
                if (name.length() == 0 && isDigit(c)) {
                    name.append('x');
                }
                boolean index = upper && isDigit(c) && name.length() > 0 && i > 0 && text.charAt(i - 1) == '_';
                if (index) {
                    name.append('_');
                }
                name.append(upper && name.length() > 0 ? Character.toUpperCase(c) : c);
                upper = false;
            } else {
                upper = true;
            }
        }
        return name.length() == 0 ? "x" : lowerStart(name.toString());
    }

    /** {@code LSTM} to {@code lstm}, {@code BatchNorm} to {@code batchNorm}. */
    private static String lowerStart(String name) {
        int capitals = 0;
        while (capitals < name.length() && name.charAt(capitals) >= 'A' && name.charAt(capitals) <= 'Z') {
            capitals++;
        }
        boolean wordFollows = capitals < name.length() && isLetter(name.charAt(capitals));
        int lower = capitals > 1 && wordFollows ? capitals - 1 : capitals;
        return name.substring(0, lower).toLowerCase(java.util.Locale.ROOT) + name.substring(lower);
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
