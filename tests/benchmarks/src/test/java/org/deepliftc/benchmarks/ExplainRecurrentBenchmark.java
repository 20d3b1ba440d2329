package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many sequences of 100 steps are explained per second through a recurrent layer, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainRecurrent</pre>
 */
public class ExplainRecurrentBenchmark extends ZeroReferenceBenchmark {
    @Param({"LSTM", "GRU"})
    public BenchmarkModel network = BenchmarkModel.LSTM;

    @Param({"1", "8"})
    public int batch = 8;

    @Override
    BenchmarkModel model() {
        return network;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
