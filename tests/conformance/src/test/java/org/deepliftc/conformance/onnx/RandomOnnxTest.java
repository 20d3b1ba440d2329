package org.deepliftc.conformance.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random ONNX graphs: forward as ONNX Runtime, printed and read again, and compiled. */
final class RandomOnnxTest {
    private static final int GRAPHS = Integer.getInteger("deepliftc.randomOnnxGraphs", 40);

    /** Compiling takes far longer than all the rest: every so many graphs are enough. */
    private static final int COMPILED = 8;

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, GRAPHS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isWhatOnnxRuntimeComputes(long seed) throws Exception {
        Model model = new ForwardCheck(RandomOnnx.graph(seed), folder, -2, seed).forwardEquals();

        RoundTrip.comesBack(model, folder);
        if (seed % COMPILED == 0) {
            assertThat(Compiler.compile(model, CompileOptions.DEFAULT).javaSource())
                    .isNotEmpty();
        }
    }
}
