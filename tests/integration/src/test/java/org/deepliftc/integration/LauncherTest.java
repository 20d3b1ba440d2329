package org.deepliftc.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that tells how it was called: what it adds to a command, and what it lets through. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String NOTICE = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** Says what a JVM says, echoes its arguments and input, and ends with 7. */
    private static final String JAVA = """
            #!/bin/sh
            echo "Picked up an option" >&2
            case " $* " in *" --add-modules jdk.incubator.vector "*) echo "%1$s" >&2 ;; esac
            echo "%1$s but not quite" >&2
            printf 'progress\\rwithout a line end' >&2
            echo "$*"
            cat
            exit 7
            """.formatted(NOTICE);

    @TempDir
    Path folder;

    @BeforeEach
    void installJava() throws IOException {
        Workspace files = new Workspace(folder);
        Files.copy(Path.of("..", "..", "deepliftc"), folder.resolve("deepliftc"));
        files.text("compiler/cli/target/deepliftc-cli-1.jar", "").directory("compiler/cli/target/lib");
        files.text("jdk/bin/java", JAVA);
        assertThat(folder.resolve("jdk/bin/java").toFile().setExecutable(true)).isTrue();
        release("java.base jdk.incubator.vector");
    }

    private void release(String modules) {
        new Workspace(folder).text("jdk/release", "JAVA_VERSION=\"17.0.1\"\nMODULES=\"" + modules + "\"\n");
    }

    private Cli start(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", folder.resolve("deepliftc") + ""));
        command.addAll(List.of(args));
        Path in = Files.writeString(folder.resolve("stdin"), "typed\n");
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().remove("DEEPLIFTC_JAVA_OPTS");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher is still running after a minute");
        }
        return new Cli(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void dropsTheNoticeOfTheModuleAndNothingElse() throws Exception {
        Cli run = start("explain", "two words");

        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err())
                .isEqualTo("Picked up an option\n" + NOTICE + " but not quite\nprogress\rwithout a line end");
        assertThat(run.out())
                .contains("--add-modules jdk.incubator.vector", "org.deepliftc.cli.Main explain two words");
        assertThat(run.out()).endsWith("typed\n");
        assertThat(folder.resolve("target/launcher")).isEmptyDirectory();
    }

    @Test
    void addsTheModuleOnlyWhereItCanPay() throws Exception {
        for (String verb : new String[] {"explain", "predict", "bench", "rules"}) {
            assertThat(start(verb).out()).as(verb).contains("--add-modules");
            assertThat(start(verb, "--backend", "scalar").out()).as(verb).doesNotContain("--add-modules");
            assertThat(start(verb, "--backend=scalar").out()).as(verb).doesNotContain("--add-modules");
        }
        for (String verb : new String[] {"compile", "check", "--version"}) {
            Cli run = start(verb);
            assertThat(run.out()).as(verb).doesNotContain("--add-modules");
            assertThat(run.code()).isEqualTo(7);
        }
    }

    @Test
    void doesWithoutTheModuleWhereTheJavaHasNone() throws Exception {
        release("java.base java.logging");

        assertThat(start("explain").out()).doesNotContain("--add-modules");
    }
}
