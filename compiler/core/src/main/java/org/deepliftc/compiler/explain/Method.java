package org.deepliftc.compiler.explain;

/** A full set of rules. */
public enum Method implements Spelled {
    DEEPLIFT,
    GRADIENT,
    GRADIENT_X_INPUT,
    GUIDED_BACKPROP,
    DECONVNET,
    LRP,
    INTEGRATED_GRADIENTS
}
