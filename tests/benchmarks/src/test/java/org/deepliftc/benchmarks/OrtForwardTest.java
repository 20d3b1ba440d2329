package org.deepliftc.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The peer computes the same function: only then is its rate a yardstick. */
class OrtForwardTest {

    @ParameterizedTest
    @CsvSource({
        "GENOMICS/64, 1",
        "VGG16/2, 2",
        "BPNET/2, 2",
        "MLP/256, 1",
        "DENSE/8, 2",
        "LSTM/9, 1",
        "TRANSFORMER/2, 2",
        "RESNET50/1, 1"
    })
    void agrees(String load, int threads) {
        float[] ours = compiled(load, threads);
        float[] theirs = onnxRuntime(load, threads);
        assertThat(theirs).hasSameSizeAs(ours);
        double largest = 0;
        double apart = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i]));
            apart = Math.max(apart, Math.abs(ours[i] - theirs[i]));
        }
        assertThat(ours[0]).as("the first value").isNotEqualTo(ours[1]);
        assertThat(apart).as("largest difference").isLessThan(1e-4 * largest);
    }

    private static float[] compiled(String load, int threads) {
        ForwardBenchmark benchmark = new ForwardBenchmark();
        benchmark.load = load;
        benchmark.threads = threads;
        benchmark.open();
        float[] predictions = (float[]) benchmark.compiled(new RateBenchmark.Rate());
        benchmark.close();
        return predictions;
    }

    private static float[] onnxRuntime(String load, int threads) {
        OrtForwardBenchmark benchmark = new OrtForwardBenchmark();
        benchmark.load = load;
        benchmark.threads = threads;
        benchmark.open();
        FloatBuffer results = (FloatBuffer) benchmark.onnxRuntime(new RateBenchmark.Rate());
        float[] predictions = new float[results.remaining()];
        results.duplicate().get(predictions);
        benchmark.close();
        return predictions;
    }
}
