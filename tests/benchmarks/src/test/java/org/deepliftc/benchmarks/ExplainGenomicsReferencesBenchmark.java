package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many pairs of a sequence and one of its 20 references are explained per second with the genomics network?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainGenomicsReferences</pre>
 */
public class ExplainGenomicsReferencesBenchmark extends ReferencesBenchmark {
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
