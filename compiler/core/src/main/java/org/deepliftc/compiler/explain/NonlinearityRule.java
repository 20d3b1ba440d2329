package org.deepliftc.compiler.explain;

/** How a nonlinearity hands its multiplier to its input. */
public enum NonlinearityRule implements Spelled {
    /** Difference of outputs over difference of inputs (paper 2.3.4). */
    RESCALE,
    /** Positive and negative parts apart (arXiv 1704.02685, 3.5.3). */
    REVEAL_CANCEL,
    /** Reveal-cancel after dense layers, rescale elsewhere. */
    GENOMICS
}
