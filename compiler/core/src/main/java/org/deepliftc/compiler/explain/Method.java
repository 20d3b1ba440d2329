package org.deepliftc.compiler.explain;

/** A full set of rules. */
public enum Method implements Spelled {
    DEEPLIFT,
    GRADIENT,
    GRADIENT_X_INPUT,
    GUIDED_BACKPROP,
    DECONVNET,
    LRP,
    INTEGRATED_GRADIENTS;

    /** True where the example is compared with a reference. */
    public boolean usesReference() {
        return switch (this) {
            case DEEPLIFT, INTEGRATED_GRADIENTS -> true;
            case GRADIENT, GRADIENT_X_INPUT, GUIDED_BACKPROP, DECONVNET, LRP -> false;
        };
    }

    /** True where contributions are multipliers times something; else they are the scores themselves. */
    public boolean hasMultipliers() {
        return switch (this) {
            case DEEPLIFT, GRADIENT_X_INPUT, INTEGRATED_GRADIENTS -> true;
            case GRADIENT, GUIDED_BACKPROP, DECONVNET, LRP -> false;
        };
    }
}
