package org.deepliftc.conformance.onnx;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random ONNX graphs: forward as ONNX Runtime, compiled as interpreted, and the same when printed and read. More of them
 * with {@code -Ddeepliftc.randomOnnxGraphs=300}.
 */
final class RandomOnnxTest {
    private static final int GRAPHS = Integer.getInteger("deepliftc.randomOnnxGraphs", 40);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, GRAPHS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isWhatOnnxRuntimeComputes(long seed) throws Exception {
        ForwardCheck check = new ForwardCheck(RandomOnnx.graph(seed), folder, -2, seed);

        Model model = check.forwardEquals();

        check.compiledEqualsInterpreted(model);
        RoundTrip.comesBack(model, folder);
    }
}
