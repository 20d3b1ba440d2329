package org.deepliftc.benchmarks;

import org.deepliftc.runtime.Batch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many examples go forward through a compiled network per second? The filter {@code Forward} runs
 * {@link OrtForwardBenchmark} along with it, on the same weights and inputs.
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main Forward -p load=VGG16/32</pre>
 */
public class ForwardBenchmark extends RateBenchmark {
    @Param("vector")
    public String backend = "vector";

    /** Network and batch. */
    @Param({
        "GENOMICS/1",
        "GENOMICS/64",
        "VGG16/1",
        "VGG16/8",
        "VGG16/32",
        "BPNET/1",
        "BPNET/20",
        "MLP/1",
        "MLP/256",
        "DENSE/1",
        "DENSE/8",
        "DENSE/32",
        "RESNET50/1",
        "RESNET50/8",
        "TRANSFORMER/1",
        "TRANSFORMER/32",
        "LSTM/1",
        "LSTM/8"
    })
    public String load = "DENSE/1";

    private Runner runner;
    private Batch batch;

    @Setup(Level.Trial)
    public void open() {
        ForwardLoad forward = ForwardLoad.parse(load);
        batch = new Batch(forward.examples(), (Object) forward.inputs()).predictions((Object) forward.newPredictions());
        runner = Runner.of(
                Compilation.load(forward.model(), backend, Compilation.MODELS_REFERENCE, forward.examples()),
                threads,
                forward.examples());
    }

    @Benchmark
    public Object compiled(Rate rate) {
        runner.predict(batch);
        rate.examples += batch.examples();
        return batch.prediction(0);
    }

    @TearDown(Level.Trial)
    public void close() {
        runner.close();
    }
}
