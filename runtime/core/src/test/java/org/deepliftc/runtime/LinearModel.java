package org.deepliftc.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** y = w x + b with the reference 0, written as the compiler would write it; counts its sessions. */
final class LinearModel implements CompiledModel {
    static final int INPUTS = 5;
    private static final float[] WEIGHTS = {0.5f, -1.25f, 3f, 0f, 1e-3f};
    private static final float BIAS = 0.1f;

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final IntConsumer beforeChunk;

    LinearModel() {
        this(first -> {});
    }

    /** Calls {@code beforeChunk} with the first row before every chunk: to fail, to wait, to count. */
    LinearModel(IntConsumer beforeChunk) {
        this.beforeChunk = beforeChunk;
    }

    static float value(float[] x, int row) {
        float sum = BIAS;
        for (int i = 0; i < INPUTS; i++) {
            sum += WEIGHTS[i] * x[row * INPUTS + i];
        }
        return sum;
    }

    static float contribution(float[] x, int row, int input) {
        return WEIGHTS[input] * x[row * INPUTS + input];
    }

    @Override
    public ModelDescription description() {
        return ModelDescription.builder("linear")
                .input("x", INPUTS)
                .output("y", 1)
                .explains("deeplift", "y", 1)
                .computes(ModelDescription.ElementType.FLOAT, "scalar", 0)
                .build();
    }

    @Override
    public CompiledSession openSession() {
        opened.incrementAndGet();
        return new Session();
    }

    @Override
    public CompiledModel withReferences(int count, Object... references) {
        throw new IllegalStateException("the reference of linear was bound when compiling");
    }

    private final class Session implements CompiledSession {
        private boolean inUse;

        @Override
        public void predict(Batch batch, int first, int count) {
            compute(batch, first, count, (float[]) batch.prediction(0), null);
        }

        @Override
        public void explain(Batch batch, int first, int count) {
            compute(batch, first, count, (float[]) batch.output(), (float[]) batch.contributions(0));
        }

        private void compute(Batch batch, int first, int count, float[] values, float[] contributions) {
            if (inUse) {
                throw new IllegalStateException("two threads share a session");
            }
            inUse = true;
            beforeChunk.accept(first);
            float[] x = (float[]) batch.input(0);
            for (int row = first; row < first + count; row++) {
                if (values != null) {
                    values[row] = value(x, row);
                }
                for (int i = 0; contributions != null && i < INPUTS; i++) {
                    contributions[row * INPUTS + i] = contribution(x, row, i);
                }
            }
            inUse = false;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
