package org.deepliftc.runtime;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * The caller's side of one run. The calling thread alone asks the source, hands batches to the sink and reports
 * progress, so none of them needs to be safe for several threads; while it does, the workers go on with the batches in
 * flight. When there is nothing to ask for or to hand on, the calling thread computes a chunk as they do.
 */
final class BatchStream {
    private static final long PROGRESS_MILLIS = 100;

    private final WorkerPool pool;
    private final Job job;
    private final int chunkRows;
    private final int limit;
    private final Progress progress;
    private final ArrayDeque<BatchRun> inFlight = new ArrayDeque<>();
    private final Seat seat;
    private long submitted;
    private long rowsDelivered;
    private long reportedAt = System.nanoTime();

    BatchStream(WorkerPool pool, Job job, int chunkRows, int limit, Progress progress) {
        this.pool = pool;
        this.job = job;
        this.chunkRows = chunkRows;
        this.limit = limit;
        this.progress = progress;
        this.seat = pool.sit();
    }

    /** Runs from the first batch to the last; whatever happens, no worker touches a batch after it has returned. */
    void run(BatchSource source, BatchSink sink) throws IOException {
        try {
            pump(source, sink);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("the run was interrupted");
            cancelled.initCause(e);
            throw cancelled;
        } finally {
            drain();
            pool.rise();
        }
        progress.rows(rowsDelivered, OptionalLong.of(rowsDelivered));
    }

    private void pump(BatchSource source, BatchSink sink) throws IOException, InterruptedException {
        OptionalLong total = source.totalRows();
        boolean ended = false;
        while (!ended || !inFlight.isEmpty()) {
            BatchRun head = inFlight.peek();
            boolean headFinished = head != null && head.isFinished();
            stopIfAsked(); // asked after isFinished: a chunk reports its failure before it counts as finished
            if (headFinished) {
                pool.remove(head);
                sink.accept(head.batch());
                inFlight.remove();
                rowsDelivered += head.batch().examples();
            } else if (!ended && inFlight.size() < limit) {
                Optional<Batch> batch = source.next();
                ended = batch.isEmpty();
                batch.ifPresent(this::submit);
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            } else if (!computed()) {
                job.await(head, PROGRESS_MILLIS);
            }
            report(total);
        }
    }

    /** Computes a chunk of the oldest batch that has one left. */
    private boolean computed() {
        for (BatchRun run : inFlight) {
            if (seat.compute(run)) {
                return true;
            }
        }
        return false;
    }

    private void submit(Batch batch) {
        BatchRun run = new BatchRun(job, batch, submitted++, chunkRows);
        boolean alone = inFlight.isEmpty();
        inFlight.add(run);
        pool.submit(run, alone);
    }

    /** Throws why the job has to stop; of several failures the earliest, which is known when all is quiet. */
    private void stopIfAsked() {
        if (job.mustStop()) {
            drain();
            job.rethrow();
        }
    }

    private void drain() {
        if (!inFlight.isEmpty()) {
            job.stop();
            inFlight.forEach(pool::withdraw);
            inFlight.forEach(job::awaitQuiet);
            inFlight.clear();
        }
    }

    private void report(OptionalLong total) {
        long now = System.nanoTime();
        if (now - reportedAt >= PROGRESS_MILLIS * 1_000_000) {
            reportedAt = now;
            long done = rowsDelivered;
            for (BatchRun run : inFlight) {
                done += run.rowsDone();
            }
            progress.rows(done, total);
        }
    }
}
