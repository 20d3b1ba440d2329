package org.deepliftc.compiler.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An enum constant that users write in lower case with hyphens: {@code GRADIENT_X_INPUT} is gradient-x-input. */
public interface Spelled {

    /** The constant's Java name. */
    String name();

    /** What a user writes on the command line; the language also takes underscores. */
    default String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant a user means.
     *
     * @throws IllegalArgumentException naming the choices
     */
    static <E extends Enum<E> & Spelled> E parse(Class<E> type, String what, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.spelling().equals(text.replace('_', '-'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException(what + " '" + text + "' is none of: "
                + Arrays.stream(type.getEnumConstants()).map(Spelled::spelling).collect(Collectors.joining(", ")));
    }
}
