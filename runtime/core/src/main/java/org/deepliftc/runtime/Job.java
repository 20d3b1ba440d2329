package org.deepliftc.runtime;

import java.util.concurrent.CancellationException;

/** One call of a {@link ParallelExplainer}: what its workers and its caller have to tell each other. */
final class Job {

    /** What is done with the rows. */
    enum Task {
        PREDICT,
        EXPLAIN
    }

    private final Task task;
    private final Cancellation cancellation;
    private volatile boolean stopped;
    private RowsFailedException failure;

    Job(Task task, Cancellation cancellation) {
        this.task = task;
        this.cancellation = cancellation;
    }

    Task task() {
        return task;
    }

    boolean mustStop() {
        return stopped || cancellation.isCancelled();
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Stops the job. Chunks are claimed in order and those claimed are finished, so the lowest failing chunk is always
     * among those reported, whatever the number of threads: that one is kept.
     */
    synchronized void fail(RowsFailedException found) {
        boolean earlier = failure == null
                || found.batch() < failure.batch()
                || found.batch() == failure.batch() && found.first() < failure.first();
        failure = earlier ? found : failure;
        stop();
    }

    synchronized void wake() {
        notifyAll();
    }

    /** Waits until the run may be finished, the job may have to stop, or the time is over. */
    void await(BatchRun run, long millis) throws InterruptedException {
        Spin.until(() -> run.isFinished() || mustStop());
        synchronized (this) {
            if (!run.isFinished() && !mustStop()) {
                wait(millis);
            }
        }
    }

    /** Waits until no worker computes a chunk of this stopped run; its arrays are the caller's again then. */
    synchronized void awaitQuiet(BatchRun run) {
        boolean interrupted = false;
        while (!run.isFinished()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Throws why this job stopped, if it did. */
    synchronized void rethrow() {
        if (failure != null) {
            throw failure;
        }
        if (cancellation.isCancelled()) {
            throw new CancellationException("the run was cancelled");
        }
        if (stopped) {
            throw new CancellationException("the run was stopped, because its ParallelExplainer was closed");
        }
    }
}
