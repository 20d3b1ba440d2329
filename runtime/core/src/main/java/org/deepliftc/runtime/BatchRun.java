package org.deepliftc.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * One batch in flight, cut into chunks of a fixed number of rows. Workers claim chunks in rising order; claiming and
 * finishing allocate nothing.
 */
final class BatchRun {
    private final Job job;
    private final Batch batch;
    private final long number;
    private final int chunkRows;
    private final int chunks;
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile int expected;

    BatchRun(Job job, Batch batch, long number, int chunkRows) {
        this.job = job;
        this.batch = batch;
        this.number = number;
        this.chunkRows = chunkRows;
        this.chunks = batch.examples() / chunkRows + (batch.examples() % chunkRows == 0 ? 0 : 1);
        this.expected = chunks;
    }

    Job job() {
        return job;
    }

    Batch batch() {
        return batch;
    }

    int chunks() {
        return chunks;
    }

    /** The first row of the next chunk, or -1 where there is none or the job has to stop. */
    int claim() {
        if (job.mustStop()) {
            job.wake();
            return -1;
        }
        if (claimed.get() >= chunks) {
            return -1;
        }
        int chunk = claimed.getAndIncrement();
        return chunk < chunks ? chunk * chunkRows : -1;
    }

    /** The rows of the chunk that begins at {@code first}. */
    int rowsFrom(int first) {
        return Math.min(chunkRows, batch.examples() - first);
    }

    /** Computes a claimed chunk. */
    void compute(CompiledSession session, int first) {
        if (job.task() == Job.Task.PREDICT) {
            session.predict(batch, first, rowsFrom(first));
        } else {
            session.explain(batch, first, rowsFrom(first));
        }
    }

    /** Reports that computing a claimed chunk failed. */
    void fail(int first, Throwable cause) {
        job.fail(new RowsFailedException(number, first, rowsFrom(first), cause));
    }

    /** Reports a claimed chunk as done with, whether it succeeded or not. */
    void finish() {
        if (finished.incrementAndGet() == chunks || job.mustStop()) {
            job.wake();
        }
    }

    /** Lets no further chunk be claimed. */
    void stop() {
        expected = Math.min(claimed.getAndSet(chunks), chunks);
    }

    /** True where every chunk is finished; after {@link #stop()}, every chunk that had been claimed. */
    boolean isFinished() {
        return finished.get() >= expected;
    }

    /** Rows finished so far. */
    long rowsDone() {
        return Math.min((long) finished.get() * chunkRows, batch.examples());
    }
}
