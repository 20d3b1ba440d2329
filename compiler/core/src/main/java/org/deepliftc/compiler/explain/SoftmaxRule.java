package org.deepliftc.compiler.explain;

/** How a softmax inside a network hands its multiplier to its logits. Both are exact. */
public enum SoftmaxRule implements Spelled {
    /** Exponential, sum, reciprocal and product, each by the paper's rule (2.3.4, 2.3.5). */
    DECOMPOSED,
    /**
     * Logarithmic means of the probabilities and of their sum: multipliers stay of the size of a derivative, however far
     * apart the logits of both runs are.
     */
    LOGARITHMIC_MEAN
}
