package org.deepliftc.compiler.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.data.Safetensors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model is printed as reads back as the same graph with the same inputs. */
class PrintedOperatorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input x: float[3, 4] output y = max(x, axis = 0)",
                "input x: float[3, 4] output y = max(x, axis = [0, 1], keepdims = true)",
                "input x: float[3, 4] output y = min(x, axis = -1)",
                "input x: float[3, 4] output y = max(x, x * 2)",
                "input x: float[3, 4] output y = matmul(x, x * 2, transpose_right = true)",
                "input x: float[2, 3, 4] output y = matmul(x, tanh(x), transpose_left = true)",
                "input x: float[3, 4] output y = matmul(x, tanh(x)[0:3, 0:3], transpose_left = true, transpose_right = true)",
                "input x: float[3, 4] output y = attention(x, x, x)",
                "input x: float[3, 4] output y = logsoftmax(x, axis = 0)",
                "input x: float[3, 4] output y = sin(x) + cos(x) * normal_cdf(x)",
                "input x: float[1, 4] output y = conv_transpose1d(x, stride = 2, output_padding = 1,"
                        + " weights = [[[1, 2, 3]]], bias = [2])",
                "input x: float[3, 4] constraint sum(axis = 1) = -0.5 output y = dense(x, weights = [[1, 2, 3, 4]], bias = [1])",
            })
    void readsBackAsTheSameGraph(String body) throws Exception {
        Model model = read("model M { " + body + " }");
        PrintedModel printed = Compiler.print(model, "printed");
        Safetensors.write(folder.resolve("printed.safetensors"), printed.tensors());

        Model again = read(printed.text());

        assertThat(GraphDigest.firstDifference(model.graph(), again.graph()))
                .as(printed.text())
                .isEmpty();
        assertThat(again.inputs()).isEqualTo(model.inputs());
    }

    private Model read(String text) throws Exception {
        return Compiler.read(Files.writeString(folder.resolve("printed.dlift"), text));
    }
}
