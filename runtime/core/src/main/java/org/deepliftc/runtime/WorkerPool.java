package org.deepliftc.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The threads of a {@link ParallelExplainer}. Each has one session, opened with its first chunk and closed with the
 * pool. All work on the oldest batch that has chunks left, so that batches finish in their order.
 */
final class WorkerPool {
    private final CompiledModel model;
    private final int limit;
    private final ArrayDeque<BatchRun> runs = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    WorkerPool(CompiledModel model, int limit) {
        this.model = model;
        this.limit = limit;
    }

    /** Lets the workers begin a batch; starts as many threads as its chunks can use. */
    synchronized void submit(BatchRun run) {
        if (closed) {
            throw new CancellationException("the ParallelExplainer is closed");
        }
        int wanted = (int) Math.min(limit, (long) threads.size() + run.chunks());
        while (threads.size() < wanted) {
            String name = "deepliftc-" + model.description().name() + "-" + (threads.size() + 1);
            Thread thread = new Thread(this::work, name);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        runs.add(run);
        notifyAll();
    }

    /** Takes a batch back whose rest is not to be computed. */
    synchronized void withdraw(BatchRun run) {
        runs.remove(run);
        run.stop();
    }

    /** Stops what runs and waits for the threads to end. */
    void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            runs.forEach(run -> run.job().stop());
            notifyAll();
            ending = List.copyOf(threads);
        }
        boolean interrupted = false;
        for (Thread thread : ending) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        CompiledSession session = null;
        try {
            for (BatchRun run = next(null); run != null; run = next(run)) {
                session = workOn(run, session);
            }
        } finally {
            if (session != null) {
                session.close();
            }
        }
    }

    /** Computes chunks of a batch while there are any; returns the session to go on with, null after a failure. */
    private CompiledSession workOn(BatchRun run, CompiledSession session) {
        CompiledSession current = session;
        for (int first = run.claim(); first >= 0; first = run.claim()) {
            try {
                if (current == null) {
                    current = openSession();
                }
                run.compute(current, first);
            } catch (Throwable failure) { // an Error has to reach the caller, too, who waits for this chunk
                current = discard(current, failure);
                run.fail(first, failure);
            }
            run.finish();
        }
        return current;
    }

    private CompiledSession openSession() {
        try {
            return model.openSession();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "no memory is left for the workspace of one more thread ("
                            + model.description().workspaceBytes() + " bytes each, " + limit
                            + " threads); use fewer threads or give Java more memory with -Xmx",
                    e);
        }
    }

    private static CompiledSession discard(CompiledSession session, Throwable failure) {
        if (session != null) {
            try {
                session.close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        return null;
    }

    /** The oldest batch with chunks left, or null once the pool is closed; {@code exhausted} has none any more. */
    private synchronized BatchRun next(BatchRun exhausted) {
        if (exhausted != null && runs.peek() == exhausted) {
            runs.remove();
        }
        while (!closed && runs.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                // nobody but close() ends a worker: go on waiting
                continue;
            }
        }
        return closed ? null : runs.peek();
    }
}
