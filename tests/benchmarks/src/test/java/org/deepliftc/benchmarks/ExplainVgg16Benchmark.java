package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many images are explained per second with VGG16, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainVgg16</pre>
 */
public class ExplainVgg16Benchmark extends ZeroReferenceBenchmark {
    @Param({"1", "8", "32"})
    public int batch = 1;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.VGG16;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
