package org.deepliftc.compiler.schedule;

/** Whether a class is written as straight-line code with its weights as literals or as loops over packed weights. */
public enum CodeShape {
    /** Straight lines for a tiny network, loops for every other. */
    AUTO,
    /** Straight lines wherever the code can be unrolled at all; not above some 20,000 multiply-adds. */
    STRAIGHT,
    /** Loops, however tiny the network. */
    LOOPS
}
