package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many sequences are explained per second with the genomics network, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainGenomicsBenchmark</pre>
 */
public class ExplainGenomicsBenchmark extends ZeroReferenceBenchmark {
    @Param({"64"})
    public int batch = 64;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.GENOMICS;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
