package org.deepliftc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each benchmark does what it times; no time is taken here. */
class BenchmarksRunTest {

    @Test
    void genomics() {
        ExplainGenomicsBenchmark benchmark = new ExplainGenomicsBenchmark();
        benchmark.compile();
        float[] zeroReference = ((float[]) benchmark.batchOf64()).clone();
        assertThat(zeroReference).isNotEqualTo(new float[zeroReference.length]);
        assertThat((float[]) benchmark.oneAtATime()).containsExactly(zeroReference);
        assertThat((float[]) benchmark.twentyReferences()).isNotEqualTo(zeroReference);
        benchmark.close();
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
