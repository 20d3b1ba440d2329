package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many rows are explained per second with the small dense network, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainMlp</pre>
 */
public class ExplainMlpBenchmark extends ZeroReferenceBenchmark {
    @Param({"1", "256"})
    public int batch = 256;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.MLP;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
