package org.deepliftc.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The threads of a {@link ParallelExplainer}, of which the caller's is one: the others are here, and the seat of the
 * caller is kept here between runs. All work on the oldest batch that has chunks left, so that batches finish in their
 * order.
 */
final class WorkerPool {
    private final CompiledModel model;
    private final int limit;
    private final ArrayDeque<BatchRun> runs = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Seat callers;
    private boolean occupied;
    private volatile boolean closed;
    private volatile long submitted;

    WorkerPool(CompiledModel model, int limit) {
        this.model = model;
        this.limit = limit;
        this.callers = new Seat(model, limit);
    }

    /** Gives the calling thread its seat, for one run. */
    synchronized Seat sit() {
        occupied = true;
        return callers;
    }

    /** Takes the calling thread's seat back. */
    synchronized void rise() {
        occupied = false;
        if (closed) {
            callers.close();
        }
    }

    /**
     * Lets the workers begin a batch; starts as many threads as its chunks can use beside the caller's.
     *
     * @param alone whether no other batch is in flight, so that the caller has a chunk of this one to compute
     */
    synchronized void submit(BatchRun run, boolean alone) {
        if (closed) {
            throw new CancellationException("the ParallelExplainer is closed");
        }
        int wanted = (int) Math.min(limit - 1, (long) threads.size() + run.chunks() - (alone ? 1 : 0));
        while (threads.size() < wanted) {
            String name = "deepliftc-" + model.description().name() + "-" + (threads.size() + 1);
            Thread thread = new Thread(this::work, name);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        runs.add(run);
        submitted++;
        notifyAll();
    }

    /** Forgets a finished batch. */
    synchronized void remove(BatchRun run) {
        runs.remove(run);
    }

    /** Takes a batch back whose rest is not to be computed. */
    synchronized void withdraw(BatchRun run) {
        runs.remove(run);
        run.stop();
    }

    /** Stops what runs and waits for the threads to end; a caller that computes closes its session itself. */
    void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            runs.forEach(run -> run.job().stop());
            notifyAll();
            ending = List.copyOf(threads);
            if (!occupied) {
                callers.close();
            }
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
        Seat seat = new Seat(model, limit);
        try {
            for (BatchRun run = next(null); run != null; run = next(run)) {
                boolean more = true;
                while (more) {
                    more = seat.compute(run);
                }
            }
        } finally {
            seat.close();
        }
    }

    /** The oldest batch with chunks left, or null once the pool is closed; {@code exhausted} has none any more. */
    private BatchRun next(BatchRun exhausted) {
        long seen;
        synchronized (this) {
            if (exhausted != null && runs.peek() == exhausted) {
                runs.remove();
            }
            seen = submitted;
            if (closed || !runs.isEmpty()) {
                return closed ? null : runs.peek();
            }
        }
        Spin.until(() -> submitted != seen || closed);
        synchronized (this) {
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
}
