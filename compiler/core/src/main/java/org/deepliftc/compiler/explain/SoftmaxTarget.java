package org.deepliftc.compiler.explain;

/** What the pre-activation of a softmax is explained as (paper 2.5). */
public enum SoftmaxTarget implements Spelled {
    /** The logit less the mean of all logits, so that what moves all classes alike counts zero. */
    NORMALISED,
    /** The logit as it is. */
    PLAIN
}
