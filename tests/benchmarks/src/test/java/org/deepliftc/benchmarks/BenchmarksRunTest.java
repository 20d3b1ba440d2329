package org.deepliftc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.deepliftc.runtime.Batch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each benchmark does what it times, on one thread and on two; no time is taken here. */
class BenchmarksRunTest {

    static Stream<ZeroReferenceBenchmark> zeroReferences() {
        ExplainVgg16Benchmark vgg16 = new ExplainVgg16Benchmark();
        vgg16.batch = 2;
        ExplainRecurrentBenchmark gru = new ExplainRecurrentBenchmark();
        gru.network = BenchmarkModel.GRU;
        return Stream.of(
                vgg16,
                new ExplainGenomicsBenchmark(),
                new ExplainMlpBenchmark(),
                new ExplainTransformerBenchmark(),
                new ExplainRecurrentBenchmark(),
                gru);
    }

    @ParameterizedTest
    @MethodSource
    void zeroReferences(ZeroReferenceBenchmark benchmark) {
        benchmark.threads = 2;
        RateBenchmark.Rate rate = new RateBenchmark.Rate();
        benchmark.open();
        benchmark.explain(rate);
        benchmark.close();
        assertThat(rate.examples).isEqualTo(benchmark.batchSize());
        requireSummationToDelta(benchmark.batch());
    }

    static Stream<ReferencesBenchmark> references() {
        ExplainGenomicsReferencesBenchmark genomics = new ExplainGenomicsReferencesBenchmark();
        genomics.batch = 3;
        ExplainBpNetBenchmark bpNet = new ExplainBpNetBenchmark();
        bpNet.batch = 1;
        return Stream.of(genomics, bpNet);
    }

    @ParameterizedTest
    @MethodSource
    void references(ReferencesBenchmark benchmark) {
        RateBenchmark.Pairs rate = new RateBenchmark.Pairs();
        benchmark.open();
        benchmark.explain(rate);
        benchmark.close();
        assertThat(rate.pairs).isEqualTo(20L * benchmark.batchSize());
        requireSummationToDelta(benchmark.batch());
    }

    /** The contributions of each example add up to its difference-from-reference, which is not zero. */
    private static void requireSummationToDelta(Batch batch) {
        float[] contributions = (float[]) batch.contributions(0);
        float[] output = (float[]) batch.output();
        float[] reference = (float[]) batch.referenceOutput();
        int size = contributions.length / batch.examples();
        for (int example = 0; example < batch.examples(); example++) {
            double sum = 0;
            for (int i = example * size; i < (example + 1) * size; i++) {
                sum += contributions[i];
            }
            double delta = (double) output[example] - reference[example];
            double scale = Math.max(Math.abs(output[example]), Math.abs(reference[example]));
            assertThat(Math.abs(delta)).as("example %d", example).isGreaterThan(1e-3 * scale);
            assertThat(sum).as("example %d", example).isCloseTo(delta, within(1e-4 * scale));
        }
    }

    @Test
    void oneSequenceAtATime() {
        LatencyGenomicsBenchmark benchmark = new LatencyGenomicsBenchmark();
        benchmark.open();
        float[] first = ((float[]) benchmark.explainOne()).clone();
        float[] second = (float[]) benchmark.explainOne();
        benchmark.close();
        assertThat(first).isNotEqualTo(new float[first.length]);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void shuffledReferencesDifferEachTime() throws IOException {
        ShuffleAndExplainGenomicsBenchmark benchmark = new ShuffleAndExplainGenomicsBenchmark();
        benchmark.threads = 2;
        benchmark.open();
        float[] first = ((float[]) benchmark.explain(new RateBenchmark.Pairs())).clone();
        float[] second = (float[]) benchmark.explain(new RateBenchmark.Pairs());
        benchmark.close();
        assertThat(first).isNotEqualTo(new float[first.length]);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void compilation() {
        CompileGenomicsBenchmark benchmark = new CompileGenomicsBenchmark();
        assertThat(benchmark.modelToSource().javaSource()).contains("class GataCagatg");
        assertThat(benchmark.modelToLoadedClass()).isNotNull();
    }

    @Test
    void shuffle() {
        ShuffleBenchmark benchmark = new ShuffleBenchmark();
        benchmark.sequence();
        assertThat(benchmark.shuffle().clone()).isNotEqualTo(benchmark.shuffle());
    }
}
