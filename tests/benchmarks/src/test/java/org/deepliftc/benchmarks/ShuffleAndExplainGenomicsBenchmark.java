package org.deepliftc.benchmarks;

import java.io.IOException;
import java.util.Optional;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.data.sequence.OneHotLayout;
import org.deepliftc.data.sequence.ShuffledReferences;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ParallelExplainer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many pairs of a sequence and one of its 20 references are explained per second with the genomics network, the
 * making of the references (dinucleotide shuffles) included? One thread makes the references of a batch and explains
 * it; with two the calling thread makes them while a {@link ParallelExplainer} works on the batches before.
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ShuffleAndExplain</pre>
 */
public class ShuffleAndExplainGenomicsBenchmark extends RateBenchmark {
    private static final int BATCH = 64;
    private static final int REFERENCES = ReferencesBenchmark.REFERENCES;
    private static final int BATCHES = 8;
    /** As many batches as can be under way. */
    private static final int RING = 4;

    @Param("vector")
    public String backend = "vector";

    private final Batch[] ring = new Batch[RING];
    private ShuffledReferences shuffler;
    private int size;
    private long made;
    private CompiledSession session;
    private ParallelExplainer explainer;

    @Setup(Level.Trial)
    public void open() {
        Model model = BenchmarkModel.GENOMICS.read();
        float[] sequences = Inputs.of(BenchmarkModel.GENOMICS, model, BATCH);
        size = sequences.length / BATCH;
        shuffler = new ShuffledReferences(size / 4, OneHotLayout.CHANNELS_FIRST, REFERENCES, 1);
        for (int i = 0; i < RING; i++) {
            ring[i] = new Batch(BATCH, (Object) sequences)
                    .references(REFERENCES, (Object) new float[sequences.length * REFERENCES])
                    .contributions((Object) new float[sequences.length]);
        }
        CompiledModel compiled = Compilation.load(model, backend, Compilation.GIVEN_REFERENCES, 64);
        session = compiled.openSession();
        explainer = ParallelExplainer.of(compiled)
                .threads(threads)
                .chunkRows(BATCH / threads)
                .inFlight(RING)
                .open();
    }

    @Benchmark
    public Object explain(Pairs rate) throws IOException {
        if (threads == 1) {
            for (int i = 0; i < BATCHES; i++) {
                session.explain(shuffled(i), 0, BATCH);
            }
        } else {
            int[] batches = {0};
            explainer.explain(
                    () -> batches[0] == BATCHES ? Optional.empty() : Optional.of(shuffled(batches[0]++)), done -> {});
        }
        rate.pairs += (long) BATCHES * BATCH * REFERENCES;
        return ring[0].contributions(0);
    }

    /** A batch of the ring with new references. */
    private Batch shuffled(int index) {
        Batch batch = ring[index % RING];
        float[] sequences = (float[]) batch.input(0);
        float[] references = (float[]) batch.reference(0);
        for (int row = 0; row < BATCH; row++) {
            shuffler.shuffle(sequences, row * size, made++, references, row * REFERENCES * size);
        }
        return batch;
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
        explainer.close();
    }
}
