package org.deepliftc.compiler.check;

/** The names of the language that a printed model must not define again. */
public final class BuiltinNames {
    private BuiltinNames() {}

    /** True for a function or layer that the language comes with. */
    public static boolean isFunction(String name) {
        return Builtins.find(name).isPresent();
    }

    /** True for a word with a meaning of its own where a value may stand. */
    public static boolean isWord(String name) {
        return Evaluator.WORDS.contains(name);
    }
}
