package org.deepliftc.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.deepliftc.data.sequence.DinucleotideShuffle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a uniform dinucleotide shuffle of 200 bases take?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main Shuffle</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ShuffleBenchmark {
    private static final int LENGTH = 200;

    private final byte[] source = new byte[LENGTH];
    private final byte[] target = new byte[LENGTH];
    private final DinucleotideShuffle shuffle = new DinucleotideShuffle();
    private long count;

    @Setup(Level.Trial)
    public void sequence() {
        Random random = new Random(3);
        for (int i = 0; i < LENGTH; i++) {
            source[i] = (byte) random.nextInt(4);
        }
        shuffle.load(source, 0, LENGTH);
    }

    /** The sequence is loaded once, as for the 20 references of an example. */
    @Benchmark
    public byte[] shuffle() {
        shuffle.shuffle(target, 0, 1, 0, count++);
        return target;
    }
}
