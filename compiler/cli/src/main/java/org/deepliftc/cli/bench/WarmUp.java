package org.deepliftc.cli.bench;

import java.util.function.LongSupplier;

/**
 * Runs until the JVM has done for a task what it will do: optimising compilation comes seconds late for vector code,
 * which until then is a hundred times slower.
 */
final class WarmUp {
    private static final long WINDOW_NANOS = 200_000_000L;
    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final long MOST_NANOS = 15_000_000_000L;

    /** Windows without a better rate after which none is expected any more. */
    private static final int PATIENCE = 3;

    /** What counts as better: more than noise. */
    private static final double BETTER = 1.03;

    private final LongSupplier clock;

    WarmUp() {
        this(System::nanoTime);
    }

    /** With a clock of nanoseconds. */
    WarmUp(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Calls in windows of 200 ms until their rate has stopped improving, for at least 1 s and at most 15 s.
     *
     * @return the seconds after which no window was faster
     */
    double run(Runnable call) {
        long began = clock.getAsLong();
        double best = 0;
        long warmAfter = 0;
        int idle = 0;
        long elapsed = 0;
        while (elapsed < MOST_NANOS && (elapsed < LEAST_NANOS || idle < PATIENCE)) {
            long start = elapsed;
            double rate = window(call);
            elapsed = clock.getAsLong() - began;
            if (rate > best * BETTER) {
                best = rate;
                warmAfter = start;
                idle = 0;
            } else {
                idle++;
            }
        }
        return warmAfter / 1e9;
    }

    /** Calls per nanosecond. */
    private double window(Runnable call) {
        long began = clock.getAsLong();
        long calls = 0;
        long elapsed;
        do {
            call.run();
            calls++;
            elapsed = clock.getAsLong() - began;
        } while (elapsed < WINDOW_NANOS);
        return (double) calls / elapsed;
    }
}
