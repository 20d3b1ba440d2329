package org.deepliftc.benchmarks;

import org.openjdk.jmh.annotations.Param;

/**
 * How many images are explained per second with ResNet-50 at 224 x 224, reference zeros?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main ExplainResNet50</pre>
 */
public class ExplainResNet50Benchmark extends ZeroReferenceBenchmark {
    @Param({"1", "8"})
    public int batch = 1;

    @Override
    BenchmarkModel model() {
        return BenchmarkModel.RESNET50;
    }

    @Override
    int batchSize() {
        return batch;
    }
}
