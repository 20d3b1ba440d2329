package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many sequences of 64 tokens are explained per second with two encoder layers, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainTransformer</pre>
 */
public class ExplainTransformerBenchmark extends ZeroReferenceBenchmark {
    @Param({"1", "32"})
    public int batch = 1;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.TRANSFORMER;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
