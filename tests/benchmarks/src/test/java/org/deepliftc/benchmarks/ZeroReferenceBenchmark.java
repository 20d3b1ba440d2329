package org.deepliftc.benchmarks;

import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.Batch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Explains batches of one network with a reference of zeros, which is known when compiling. */
public abstract class ZeroReferenceBenchmark extends RateBenchmark {
    @Param("vector")
    public String backend = "vector";

    private Runner runner;
    private Batch batch;

    abstract BenchmarkModel model();

    abstract int batchSize();

    @Setup(Level.Trial)
    public void open() {
        Model model = model().read();
        float[] inputs = Inputs.of(model(), model, batchSize());
        batch = new Batch(batchSize(), (Object) inputs)
                .contributions((Object) new float[inputs.length])
                .output(new float[batchSize()])
                .referenceOutput(new float[batchSize()]);
        runner = Runner.of(
                Compilation.load(model, backend, Compilation.MODELS_REFERENCE, batchSize()), threads, batchSize());
    }

    @Benchmark
    public Object explain(Rate rate) {
        runner.explain(batch);
        rate.examples += batchSize();
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
