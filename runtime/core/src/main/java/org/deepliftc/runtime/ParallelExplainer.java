package org.deepliftc.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Predicts or explains many rows on several threads. Rows are cut into chunks of a fixed size and every result goes to
 * the row of its example, so order and bits are the same whatever the number of threads.
 *
 * <pre>{@code
 * float[] contributions = new float[examples * inputSize];
 * Batch batch = new Batch(examples, inputs).contributions(contributions);
 * try (ParallelExplainer explainer = ParallelExplainer.of(model).threads(8).open()) {
 *     explainer.explain(batch);
 *     explainer.explain(source, sink);     // or a stream of batches, in bounded memory
 * }
 * }</pre>
 *
 * <p>An explainer serves one run at a time and any number one after another. The calling thread computes with the
 * others; those, which are daemons, and all sessions live until the explainer is closed. Every run ends in one of these ways, and in each of them no thread touches
 * the caller's arrays any more:
 *
 * <ul>
 *   <li>it returns: all rows are computed;
 *   <li>{@link RowsFailedException}: computing some rows failed; it names the lowest that did;
 *   <li>{@link CancellationException}: it was cancelled, its thread was interrupted (and still is), or the explainer
 *       was closed; the chunks begun were finished;
 *   <li>what a source, a sink or a progress threw, as it is.
 * </ul>
 */
public final class ParallelExplainer implements AutoCloseable {
    private static final int MOST_THREADS = 1_024;

    private final WorkerPool pool;
    private final int chunkRows;
    private final int inFlight;
    private final AtomicBoolean running = new AtomicBoolean();

    private ParallelExplainer(Builder builder) {
        this.pool = new WorkerPool(builder.model, builder.threads);
        this.chunkRows = builder.chunkRows;
        this.inFlight = builder.inFlight;
    }

    /** Starts the settings of an explainer over a model; references have to be bound or come with the batches. */
    public static Builder of(CompiledModel model) {
        return new Builder(model);
    }

    /** Predicts every row of a batch. */
    public void predict(Batch batch) {
        predict(batch, Progress.NONE, new Cancellation());
    }

    /** Predicts every row of a batch. */
    public void predict(Batch batch, Progress progress, Cancellation cancellation) {
        runOne(Job.Task.PREDICT, batch, progress, cancellation);
    }

    /** Explains every row of a batch. */
    public void explain(Batch batch) {
        explain(batch, Progress.NONE, new Cancellation());
    }

    /** Explains every row of a batch. */
    public void explain(Batch batch, Progress progress, Cancellation cancellation) {
        runOne(Job.Task.EXPLAIN, batch, progress, cancellation);
    }

    /** Predicts batch after batch, as {@link #explain(BatchSource, BatchSink, Progress, Cancellation)} explains. */
    public void predict(BatchSource source, BatchSink sink) throws IOException {
        predict(source, sink, Progress.NONE, new Cancellation());
    }

    /** Predicts batch after batch, as {@link #explain(BatchSource, BatchSink, Progress, Cancellation)} explains. */
    public void predict(BatchSource source, BatchSink sink, Progress progress, Cancellation cancellation)
            throws IOException {
        run(Job.Task.PREDICT, source, sink, progress, cancellation);
    }

    /** Explains batch after batch, as {@link #explain(BatchSource, BatchSink, Progress, Cancellation)} does. */
    public void explain(BatchSource source, BatchSink sink) throws IOException {
        explain(source, sink, Progress.NONE, new Cancellation());
    }

    /**
     * Explains batch after batch. At most {@link Builder#inFlight} batches are taken from the source and not yet
     * handed to the sink, which gets them finished and in order; source, sink and progress are called by this thread
     * alone. A cancellation takes effect between their calls, not within them.
     *
     * @throws IOException what the source or the sink threw
     */
    public void explain(BatchSource source, BatchSink sink, Progress progress, Cancellation cancellation)
            throws IOException {
        run(Job.Task.EXPLAIN, source, sink, progress, cancellation);
    }

    /**
     * Stops what runs, closes the sessions and waits for the threads to end; a run in another thread ends with the chunk it
     * is at. Closing again does nothing.
     */
    @Override
    public void close() {
        pool.close();
    }

    private void runOne(Job.Task task, Batch batch, Progress progress, Cancellation cancellation) {
        try {
            run(task, new Single(batch), done -> {}, progress, cancellation);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // neither Single nor its sink does any input or output
        }
    }

    private void run(Job.Task task, BatchSource source, BatchSink sink, Progress progress, Cancellation cancellation)
            throws IOException {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(progress, "progress");
        Job job = new Job(task, Objects.requireNonNull(cancellation, "cancellation"));
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this ParallelExplainer is running already; open another one for a run at the same time");
        }
        try {
            new BatchStream(pool, job, chunkRows, inFlight, progress).run(source, sink);
        } finally {
            running.set(false);
        }
    }

    /** A stream of one batch. */
    private static final class Single implements BatchSource {
        private final long rows;
        private Optional<Batch> batch;

        private Single(Batch batch) {
            this.batch = Optional.of(batch);
            this.rows = batch.examples();
        }

        @Override
        public Optional<Batch> next() {
            Optional<Batch> next = batch;
            batch = Optional.empty();
            return next;
        }

        @Override
        public OptionalLong totalRows() {
            return OptionalLong.of(rows);
        }
    }

    /** The settings of an explainer. */
    public static final class Builder {
        private final CompiledModel model;
        private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
        private int chunkRows = 32;
        private int inFlight = 4;

        private Builder(CompiledModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /** The most threads that compute at once, the calling one among them, 1 to 1024; default: one per processor. */
        public Builder threads(int count) {
            threads = inRange("threads", count, MOST_THREADS);
            return this;
        }

        /** Rows a thread computes in one call of its session; default 32. Smaller ones stop sooner. */
        public Builder chunkRows(int rows) {
            chunkRows = inRange("rows in a chunk", rows, Integer.MAX_VALUE);
            return this;
        }

        /** The most batches of a stream that are held at once; default 4. */
        public Builder inFlight(int batches) {
            inFlight = inRange("batches in flight", batches, Integer.MAX_VALUE);
            return this;
        }

        /** Makes the explainer; threads beside the calling one start with its first run. */
        public ParallelExplainer open() {
            return new ParallelExplainer(this);
        }

        private static int inRange(String what, int value, int most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException("the number of " + what + " is " + value + ", not 1 to " + most);
            }
            return value;
        }
    }
}
