package org.deepliftc.compiler.explain;

/** How a softmax inside a network hands its multiplier to its logits. All are exact. */
public enum SoftmaxRule implements Spelled {
    /** As {@link #DECOMPOSED} while that is well-conditioned, as {@link #SHIFT_FREE} where it is not. */
    GUARDED,
    /** Exponential, sum, reciprocal and product, each by the paper's rule (2.3.4, 2.3.5). */
    DECOMPOSED,
    /** What moves all logits alike cancels before anything is multiplied: shares are of the size of the probabilities' change. */
    SHIFT_FREE,
    /**
     * Logarithmic means of the probabilities and of their sum: multipliers stay of the size of a derivative, however far
     * apart the logits of both runs are.
     */
    LOGARITHMIC_MEAN
}
