package org.deepliftc.runtime;

/**
 * A place among the threads that compute. It has one session, opened with its first chunk; one thread at a time sits on
 * it.
 */
final class Seat {
    private final CompiledModel model;
    private final int seats;
    private CompiledSession session;

    /** Makes one of so many seats. */
    Seat(CompiledModel model, int seats) {
        this.model = model;
        this.seats = seats;
    }

    /** Computes the next chunk of a batch; false where none is left. A failure goes to the batch's job. */
    boolean compute(BatchRun run) {
        int first = run.claim();
        if (first < 0) {
            return false;
        }
        try {
            if (session == null) {
                session = open();
            }
            run.compute(session, first);
        } catch (Throwable failure) { // an Error has to reach the caller, too, who waits for this chunk
            discard(failure);
            run.fail(first, failure);
        }
        run.finish();
        return true;
    }

    void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private CompiledSession open() {
        try {
            return model.openSession();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "no memory is left for the workspace of one more thread ("
                            + model.description().workspaceBytes() + " bytes each, " + seats
                            + " threads); use fewer threads or give Java more memory with -Xmx",
                    e);
        }
    }

    /** After a failure nobody knows what a session holds. */
    private void discard(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        session = null;
    }
}
