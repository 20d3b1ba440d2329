package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own: streams, exit codes, the heap. */
class ProcessTest {
    @TempDir
    Path folder;

    private Cli start(List<String> options, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.deepliftc.cli.Main"));
        command.addAll(List.of(Cli.in(folder, args)));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after a minute: " + String.join(" ", args));
        }
        return new Cli(process.exitValue(), text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void endsWithTheExitCodeAndAQuietStandardError() throws Exception {
        Samples.write(new Workspace(folder));

        Cli done = start(List.of(), Samples.explain());
        assertThat(done.code()).as("%s", done).isZero();
        assertThat(done.err()).isEmpty();
        assertThat(done.out()).isEmpty();
        assertThat(folder.resolve("out.npz")).isNotEmptyFile();

        assertThat(start(List.of(), Samples.explain("--target", "7")).code()).isEqualTo(1);
        assertThat(start(List.of(), Samples.explain("--target", "x")).code()).isEqualTo(2);
    }

    @Test
    void measuresThePeakOfVectorRegisters() throws Exception {
        Samples.write(new Workspace(folder));

        Cli run = start(
                List.of("--add-modules", "jdk.incubator.vector"),
                "bench",
                "@/tiny.dlift",
                "--seconds",
                "0.2",
                "--method",
                "predict");

        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.out()).containsPattern("GFLOP/s of multiply-adds in this process \\(\\d+-bit vectors\\)");
    }

    @Test
    void writesNamesOfTheWorldAsTheyAre() throws Exception {
        new Workspace(folder).text("m.dlift", "model Größe { input вход: float[1]\n output 出力 = relu(вход) }");

        Cli run = start(List.of("-Dsun.jnu.encoding=UTF-8"), "rules", "@/m.dlift");

        assertThat(run.code()).as("%s", run).isZero();
        assertThat(run.out()).contains("Größe", "вход", "出力");
    }

    @Test
    void saysWhatToDoWhereTheHeapIsTooSmall() throws Exception {
        Workspace files = new Workspace(folder);
        files.text("m.dlift", "model M { input x: float[1000]\n output y = sum(x) }");
        files.npz("x.npz", "x", Workspace.npy(new float[12_000_000], 12_000, 1000));

        Cli run = start(List.of("-Xmx96m"), "explain", "@/m.dlift", "--input", "@/x.npz", "-o", "@/o.npz");

        assertThat(run.code()).as("%s", run).isEqualTo(1);
        assertThat(run.err()).contains("-Xmx").doesNotContain("\tat ", "OutOfMemoryError");
        assertThat(folder.resolve("o.npz")).doesNotExist();
    }
}
