package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many pairs of a sequence and one of its 20 references are explained per second with the BPNet-like network?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainBpNet</pre>
 */
public class ExplainBpNetBenchmark extends ReferencesBenchmark {
    @Param({"2"})
    public int batch = 2;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.BPNET;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
