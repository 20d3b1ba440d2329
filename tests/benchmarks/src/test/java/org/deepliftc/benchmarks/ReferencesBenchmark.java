package org.deepliftc.benchmarks;

import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.Batch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Explains batches of sequences with one network, each with 20 dinucleotide shuffles of it as its references. */
public abstract class ReferencesBenchmark extends RateBenchmark {
    static final int REFERENCES = 20;

    @Param("vector")
    public String backend = "vector";

    private Runner runner;
    private Batch batch;

    abstract BenchmarkModel model();

    abstract int batchSize();

    @Setup(Level.Trial)
    public void open() {
        Model model = model().read();
        float[] sequences = Inputs.of(model(), model, batchSize());
        Object shuffles = Inputs.shuffles(sequences, batchSize(), REFERENCES);
        batch = new Batch(batchSize(), (Object) sequences)
                .references(REFERENCES, shuffles)
                .contributions((Object) new float[sequences.length])
                .output(new float[batchSize()])
                .referenceOutput(new float[batchSize()]);
        runner = Runner.of(
                Compilation.load(model, backend, Compilation.GIVEN_REFERENCES, batchSize()), threads, batchSize());
    }

    @Benchmark
    public Object explain(Pairs rate) {
        runner.explain(batch);
        rate.pairs += (long) batchSize() * REFERENCES;
        return batch.contributions(0);
    }

    Batch batch() {
        return batch;
    }

    @TearDown(Level.Trial)
    public void close() {
        runner.close();
    }
}
