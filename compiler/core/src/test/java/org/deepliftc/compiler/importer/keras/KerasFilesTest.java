package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.compiler.print.PrintedModel;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.deepliftc.data.Safetensors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Keras wrote predict what Keras predicted. */
class KerasFilesTest {
    @TempDir
    Path folder;

    static Path resource(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = KerasFilesTest.class.getResourceAsStream(name)) {
            Files.copy(Objects.requireNonNull(in, name), file);
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource({"genomics, keras", "genomics, h5", "image, keras", "image, h5", "recurrent, keras", "recurrent, h5"})
    void predictsWhatKerasPredicts(String name, String format) throws IOException {
        Model model = Compiler.read(resource(folder, name + "." + format));
        Map<String, DataArray> expected = Npz.readAll(resource(folder, name + ".npz"));

        double[] x = expected.get("x").toDoubles();
        double[] output = expected.get("output").toDoubles();
        int examples = expected.get("x").rows();
        int size = x.length / examples;
        Node leaf = model.graph().nodes().stream()
                .filter(node -> node.op() instanceof Op.Input)
                .findFirst()
                .orElseThrow();
        for (int example = 0; example < examples; example++) {
            double[] row = Arrays.copyOfRange(x, example * size, (example + 1) * size);
            Node result = model.graph().outputs().values().iterator().next();
            double[] got = new Interpreter(Map.of((Op.Input) leaf.op(), row)).value(result);
            assertThat(got).hasSize(output.length / examples);
            for (int i = 0; i < got.length; i++) {
                assertThat(got[i]).isCloseTo(output[example * got.length + i], within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"genomics, keras", "image, keras", "image, h5", "recurrent, keras", "recurrent, h5"})
    void printsAsTheSameGraph(String name, String format) throws IOException {
        Model model = Compiler.read(resource(folder, name + "." + format));
        PrintedModel printed = Compiler.print(model, "printed");
        Path text = Files.writeString(folder.resolve("printed.dlift"), printed.text());
        Safetensors.write(folder.resolve("printed.safetensors"), printed.tensors());

        Model again = Compiler.read(text);

        assertThat(GraphDigest.firstDifference(model.graph(), again.graph())).isEmpty();
    }
}
