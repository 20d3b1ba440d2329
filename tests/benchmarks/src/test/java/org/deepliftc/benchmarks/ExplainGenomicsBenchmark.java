package org.deepliftc.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many sequences, or pairs of sequence and reference, does one thread explain in a second with the genomics network?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainGenomics</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ExplainGenomicsBenchmark {
    static final int BATCH = 64;
    static final int REFERENCES = 20;

    private CompiledSession zeroReference;
    private CompiledSession shuffled;
    private Batch batch;
    private Batch pairs;

    @Setup(Level.Trial)
    public void compile() {
        zeroReference = load(ExplainOptions.NONE).openSession();
        shuffled = load(references()).openSession();
        Object sequences = Sequences.random(BATCH, 1);
        Object contributions = new float[BATCH * Sequences.SIZE];
        batch = new Batch(BATCH, sequences).contributions(contributions);
        Object references = Sequences.random(BATCH * REFERENCES, 2);
        pairs = new Batch(BATCH, sequences).references(REFERENCES, references).contributions(contributions);
    }

    private static CompiledModel load(ExplainOptions options) {
        return Compiler.load(
                Compiler.compile(Examples.model("gata-cagatg"), CompileOptions.DEFAULT.withExplain(options)));
    }

    private static ExplainOptions references() {
        return new ExplainOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of("*", new Reference.Given()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.of(false));
    }

    @TearDown
    public void close() {
        zeroReference.close();
        shuffled.close();
    }

    /** Sequences in batches of 64, reference zeros. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object batchOf64() {
        zeroReference.explain(batch, 0, BATCH);
        return batch.contributions(0);
    }

    /** One sequence a call. */
    @Benchmark
    public Object oneAtATime() {
        zeroReference.explain(batch, 7, 1);
        return batch.contributions(0);
    }

    /** Pairs of a sequence and one of its 20 references. */
    @Benchmark
    @OperationsPerInvocation(BATCH * REFERENCES)
    public Object twentyReferences() {
        shuffled.explain(pairs, 0, BATCH);
        return pairs.contributions(0);
    }
}
