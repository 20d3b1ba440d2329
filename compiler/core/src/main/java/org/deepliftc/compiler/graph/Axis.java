package org.deepliftc.compiler.graph;

/** What a value may depend on beside the model. Lowering turns axes into loops; a node on none of them is folded. */
public enum Axis {
    /** One row of the input. */
    EXAMPLE,
    /** One of several references. */
    REFERENCE,
    /** One of several targets. */
    TARGET,
    /** One point on the path from the reference to the input. */
    STEP
}
