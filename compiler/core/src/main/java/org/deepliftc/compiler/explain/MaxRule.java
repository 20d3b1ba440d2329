package org.deepliftc.compiler.explain;

/** How a maximum hands its multiplier to its inputs (paper 2.3.2). */
public enum MaxRule implements Spelled {
    /** The part of the change above the larger value goes to the input's winner, the rest to the reference's. */
    CROSS,
    /** Paper eq. 11: all of the change goes to the input's winner. */
    WINNER,
    /** Paper eq. 14 over the window's entries. */
    SEGMENTS,
    /** 1 for the input's winner. */
    GRADIENT
}
