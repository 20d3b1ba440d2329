package org.deepliftc.runtime;

/**
 * A network compiled by deepliftc: immutable, shared between threads. Generated classes implement it, so that batch
 * drivers, commands and benchmarks serve every model alike; an application usually calls the typed methods of its own
 * generated class instead.
 */
public interface CompiledModel {

    /** What this class predicts and explains, and with what arrays. */
    ModelDescription description();

    /** Opens the workspace of one thread. */
    CompiledSession openSession();

    /**
     * This model with {@code count} references shared by all examples; explanations are the mean over them. The
     * reference activations are computed here, once.
     *
     * @param references one array per input in declared order, {@code [count, input shape]}, {@code float[]} or
     *     {@code double[]} as {@link ModelDescription#elementType()} says; not modified, not kept
     * @throws IllegalStateException if the reference of this class was bound when compiling
     * @throws IllegalArgumentException if an array is missing or of another length
     */
    CompiledModel withReferences(int count, Object... references);
}
