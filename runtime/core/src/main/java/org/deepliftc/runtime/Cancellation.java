package org.deepliftc.runtime;

/** Lets any thread end a run of another one. Once cancelled it stays so; every run takes its own. */
public final class Cancellation {
    private volatile boolean cancelled;

    /** Asks the run to end: no chunk is begun any more, and the run throws once those begun are finished. */
    public void cancel() {
        cancelled = true;
    }

    /** True once {@link #cancel()} was called. */
    public boolean isCancelled() {
        return cancelled;
    }
}
