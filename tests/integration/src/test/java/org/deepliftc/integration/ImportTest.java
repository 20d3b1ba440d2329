package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb on an ONNX file, and on what is imported from it: inputs {@code seq} and {@code meta}, output {@code y}. */
class ImportTest {
    private static final Path CASE = Path.of("../conformance/src/test/resources/cases/two_inputs");

    @TempDir
    Path folder;

    @BeforeEach
    void copyTheModel() throws IOException {
        Files.copy(CASE.resolve("model.onnx"), folder.resolve("two.onnx"));
        Map<String, DataArray> arrays = Npz.readAll(CASE.resolve("inputs.npz"));
        Npz.write(folder.resolve("x.npz"), Map.of("seq", arrays.get("x.seq"), "meta", arrays.get("x.meta")));
    }

    private Cli ok(String... args) {
        Cli run = Cli.run(folder, args);
        assertThat(run.code()).as("%s", run).isZero();
        return run;
    }

    private Map<String, DataArray> npz(String name) throws IOException {
        return Npz.readAll(folder.resolve(name));
    }

    @Test
    void writesTextAndWeightsThatMeanTheSame() throws IOException {
        ok("import", "@/two.onnx", "-o", "@/net-2.dlift");
        ok("explain", "@/two.onnx", "--input", "@/x.npz", "-o", "@/a.npz");
        ok("explain", "@/net-2.dlift", "--input", "@/x.npz", "-o", "@/b.npz");

        assertThat(folder.resolve("net-2.dlift"))
                .content()
                .contains(
                        "model Net2 {",
                        "input seq: float[4, 12]",
                        "weights \"net-2.safetensors\"",
                        "output y = dense(");
        assertThat(npz("b.npz").keySet()).isEqualTo(npz("a.npz").keySet());
        for (String name : npz("a.npz").keySet()) {
            assertThat(npz("b.npz").get(name).toDoubles())
                    .isEqualTo(npz("a.npz").get(name).toDoubles());
        }
    }

    @Test
    void everyVerbTakesTheFileItself() {
        assertThat(ok("check", "@/two.onnx").out()).startsWith("ok:");
        assertThat(ok("rules", "@/two.onnx", "--at", "relu_4").out()).contains("relu_4");
        ok("predict", "@/two.onnx", "--input", "@/x.npz", "-o", "@/p.npz");
        ok("graph", "@/two.onnx", "-o", "@/g.dot");
        ok("compile", "@/two.onnx", "-d", "@/src", "--onehot", "seq=1");

        assertThat(folder.resolve("src/Two.java")).exists();
    }

    @Test
    void aFileThatCannotBeImportedLeavesNothingBehind() throws IOException {
        Files.write(folder.resolve("cut.onnx"), new byte[] {8, 8, 58, 127});

        Cli run = Cli.run(folder, "import", "@/cut.onnx", "-o", "@/cut.dlift");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("cut.onnx", "IMPORT002").doesNotContain("Exception");
        assertThat(folder.resolve("cut.dlift")).doesNotExist();
        assertThat(folder.resolve("cut.safetensors")).doesNotExist();
    }

    @Test
    void whatTheFileLeavesOpenIsSaidByFlags() {
        Cli wrong = Cli.run(folder, "check", "@/two.onnx", "--batch-axis", "7");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("--batch-axis 7", "'seq'");

        Cli language = Cli.run(folder, "check", "@/two.onnx", "--shape", "seq=N,4,13");
        assertThat(language.code()).isEqualTo(1);
        assertThat(language.err()).contains("'seq'");

        ok("check", "@/two.onnx", "--batch-axis", "0", "--shape", "seq=N,4,12");
    }
}
