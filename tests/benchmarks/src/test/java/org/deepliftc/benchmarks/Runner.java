package org.deepliftc.benchmarks;

import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ParallelExplainer;

/** Who computes a batch: the calling thread by itself, or a {@link ParallelExplainer}. */
interface Runner extends AutoCloseable {
    void predict(Batch batch);

    void explain(Batch batch);

    @Override
    void close();

    /**
     * Opens a runner.
     *
     * @param rows the rows of every batch, dealt out evenly
     */
    static Runner of(CompiledModel model, int threads, int rows) {
        if (threads == 1) {
            return new OneThread(model.openSession());
        }
        int chunk = (rows + threads - 1) / threads;
        return new ManyThreads(
                ParallelExplainer.of(model).threads(threads).chunkRows(chunk).open());
    }

    /** No pool, no hand-off. */
    record OneThread(CompiledSession session) implements Runner {
        @Override
        public void predict(Batch batch) {
            session.predict(batch, 0, batch.examples());
        }

        @Override
        public void explain(Batch batch) {
            session.explain(batch, 0, batch.examples());
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /** Chunks of each batch side by side. */
    record ManyThreads(ParallelExplainer explainer) implements Runner {
        @Override
        public void predict(Batch batch) {
            explainer.predict(batch);
        }

        @Override
        public void explain(Batch batch) {
            explainer.explain(batch);
        }

        @Override
        public void close() {
            explainer.close();
        }
    }
}
