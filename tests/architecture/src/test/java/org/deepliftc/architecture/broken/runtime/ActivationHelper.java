package org.deepliftc.architecture.broken.runtime;

import com.fasterxml.jackson.core.JsonFactory;

/** An operator in the runtime, with a library beside it. */
public record ActivationHelper(JsonFactory json) {
    /** An activation. */
    public static double tanh(double x) {
        return Math.tanh(x);
    }
}
