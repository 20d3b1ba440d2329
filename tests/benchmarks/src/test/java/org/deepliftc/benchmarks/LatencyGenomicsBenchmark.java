package org.deepliftc.benchmarks;

import java.util.concurrent.TimeUnit;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to explain a single sequence with the genomics network, reference zeros? Each call explains the
 * next of 200 sequences, so that neither branches nor caches know it.
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main LatencyGenomics</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class LatencyGenomicsBenchmark {
    private static final int SEQUENCES = 200;

    @Param("vector")
    public String backend = "vector";

    private CompiledSession session;
    private Batch batch;
    private int next;

    @Setup(Level.Trial)
    public void open() {
        Model model = BenchmarkModel.GENOMICS.read();
        float[] inputs = Inputs.of(BenchmarkModel.GENOMICS, model, SEQUENCES);
        batch = new Batch(SEQUENCES, (Object) inputs).contributions((Object) new float[inputs.length]);
        session = Compilation.load(model, backend, Compilation.MODELS_REFERENCE, 1)
                .openSession();
    }

    @Benchmark
    public Object explainOne() {
        session.explain(batch, next, 1);
        next = next == SEQUENCES - 1 ? 0 : next + 1;
        return batch.contributions(0);
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
    }
}
