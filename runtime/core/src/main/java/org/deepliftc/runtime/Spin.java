package org.deepliftc.runtime;

import java.util.function.BooleanSupplier;

/**
 * Waits for what comes within microseconds without giving the processor up: waking a parked thread takes about 50 of
 * them, as long as a chunk of a small network.
 */
final class Spin {
    /** Where there is one processor alone, what is waited for cannot happen meanwhile. */
    private static final long NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 50_000 : 0;

    private Spin() {}

    /** Waits for a condition for up to 50 microseconds, not at all on a single processor. */
    static void until(BooleanSupplier met) {
        if (NANOS == 0) {
            return;
        }
        long began = System.nanoTime();
        while (!met.getAsBoolean() && System.nanoTime() - began < NANOS) {
            Thread.onSpinWait();
        }
    }
}
