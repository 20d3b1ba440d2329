package org.deepliftc.runtime;

/**
 * The workspace of one thread: nothing is allocated per call. Not safe for use by two threads at once; a model opens
 * as many sessions as wanted.
 */
public interface CompiledSession extends AutoCloseable {

    /**
     * Computes the model's outputs for rows {@code first} to {@code first + count - 1} of the batch, into the same
     * rows of {@link Batch#predictions()}.
     *
     * @throws IllegalArgumentException if an array is missing, too short or of another element type
     */
    void predict(Batch batch, int first, int count);

    /**
     * Explains rows {@code first} to {@code first + count - 1} of the batch, into the same rows of every result array
     * the batch carries.
     *
     * @throws IllegalArgumentException if an array is missing, too short or of another element type, or a target lies
     *     outside the explained point
     * @throws IllegalStateException if the references are neither bound nor given
     */
    void explain(Batch batch, int first, int count);

    /** Gives the workspace up. */
    @Override
    void close();
}
