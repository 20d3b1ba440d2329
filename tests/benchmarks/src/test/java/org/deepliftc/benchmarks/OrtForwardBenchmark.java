package org.deepliftc.benchmarks;

import org.deepliftc.benchmarks.onnx.OnnxRuntimeModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many examples go forward through a network per second in ONNX Runtime, the peer of {@link ForwardBenchmark}?
 *
 * <pre>java -cp "tests/benchmarks/target/test-classes:$(cat tests/benchmarks/target/classpath)" org.openjdk.jmh.Main OrtForward -p load=VGG16/32</pre>
 */
public class OrtForwardBenchmark extends RateBenchmark {
    /** Network and batch. */
    @Param({
        "GENOMICS/1",
        "GENOMICS/64",
        "VGG16/1",
        "VGG16/8",
        "VGG16/32",
        "BPNET/1",
        "BPNET/20",
        "MLP/1",
        "MLP/256",
        "DENSE/1",
        "DENSE/8",
        "DENSE/32",
        "RESNET50/1",
        "RESNET50/8",
        "TRANSFORMER/1",
        "TRANSFORMER/32",
        "LSTM/1",
        "LSTM/8"
    })
    public String load = "DENSE/1";

    private OnnxRuntimeModel model;
    private int examples;

    @Setup(Level.Trial)
    public void open() {
        ForwardLoad forward = ForwardLoad.parse(load);
        examples = forward.examples();
        model = forward.network().isOnnx()
                ? OnnxRuntimeModel.of(forward.network().file(), forward.model(), threads, examples, forward.inputs())
                : new OnnxRuntimeModel(forward.model(), threads, examples, forward.inputs());
    }

    @Benchmark
    public Object onnxRuntime(Rate rate) {
        rate.examples += examples;
        return model.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
    }
}
