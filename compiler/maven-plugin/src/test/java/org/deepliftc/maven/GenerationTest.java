package org.deepliftc.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.maven.Generation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private final RecordingCompiler compiler = new RecordingCompiler();

    @TempDir
    Path folder;

    @Test
    void writesSourceAndWeightsInTheFolderOfThePackage() throws IOException {
        model("org/example/net.dlift", "one with weights");
        Outcome outcome = generate();
        assertThat(outcome.compiled()).containsExactly("org.example.Net");
        assertThat(compiler.sources).as("no path of this machine").containsExactly("org/example/net.dlift");
        assertThat(source("org/example/Net.java")).contains("class Net {} // one with weights");
        assertThat(weights("org/example/Net.weights")).contains("one with weights");
    }

    @Test
    void writesNoWeightsWhereThereAreNone() throws IOException {
        model("net.dlift", "literals only");
        generate();
        assertThat(source("Net.java")).isPresent();
        assertThat(folder.resolve("resources")).doesNotExist();
    }

    @Test
    void doesNothingWhereNothingChanged() throws IOException {
        model("a.dlift", "one");
        model("b.dlift", "two with weights");
        generate();
        age("sources/A.java", "sources/B.java", "resources/B.weights");
        compiler.compiled.clear();
        Outcome outcome = generate();
        assertThat(compiler.compiled).isEmpty();
        assertThat(outcome.upToDate()).isEqualTo(2);
        assertUntouched("sources/A.java", "sources/B.java", "resources/B.weights");
    }

    @Test
    void compilesWhatChangedAndLeavesFilesWithTheSameBytes() throws IOException {
        model("a.dlift", "one");
        model("b.dlift", "comment");
        generate();
        age("sources/A.java", "sources/B.java");
        compiler.compiled.clear();
        model("b.dlift", "comment of another kind");
        generate();
        assertThat(compiler.compiled).containsExactly("B");
        assertUntouched("sources/A.java", "sources/B.java");
    }

    @Test
    void compilesAgainForOtherOptionsAnotherPluginOrAnotherReferenceFile() throws IOException {
        model("a.dlift", "mean background.npz");
        model("background.npz", "1");
        generate();
        compiler.compiled.clear();
        generate("1.0", Settings.of("target", "1"));
        generate("1.1", Settings.of("target", "1"));
        model("background.npz", "2");
        generate("1.1", Settings.of("target", "1"));
        generate("1.1", Settings.of("target", "1"));
        assertThat(compiler.compiled).containsExactly("A", "A", "A");
    }

    @Test
    void restoresAFileThatWasEditedOrDeleted() throws IOException {
        model("a.dlift", "has weights");
        generate();
        Files.writeString(folder.resolve("sources/A.java"), "edited");
        generate();
        assertThat(source("A.java")).contains("class A {} // has weights");
        Files.delete(folder.resolve("resources/A.weights"));
        generate();
        assertThat(weights("A.weights")).contains("has weights");
    }

    @Test
    void deletesWhatBelongsToNoModelAnyMoreAndNothingElse() throws IOException {
        model("org/example/old.dlift", "has weights");
        model("b.dlift", "has weights");
        generate();
        Files.writeString(folder.resolve("sources/Mine.java"), "not generated");
        Files.delete(folder.resolve("models/org/example/old.dlift"));
        model("b.dlift", "literals now");
        Outcome outcome = generate();
        assertThat(outcome.deleted()).isEqualTo(3);
        assertThat(folder.resolve("sources/org")).doesNotExist();
        assertThat(folder.resolve("resources")).isEmptyDirectory();
        assertThat(source("B.java")).isPresent();
        assertThat(source("Mine.java")).isPresent();
    }

    @Test
    void collectsTheProblemsOfAllModelsAndTriesAgain() throws IOException {
        model("a.dlift", "one");
        model("b.dlift", "two");
        model("c.dlift", "three");
        generate();
        model("a.dlift", "error");
        model("c.dlift", "error");
        Outcome failed = generate();
        assertThat(failed.problems()).extracting(d -> d.span().file()).containsExactly("a.dlift", "c.dlift");
        assertThat(failed.upToDate()).isEqualTo(1);
        model("a.dlift", "one");
        model("c.dlift", "three");
        compiler.compiled.clear();
        assertThat(generate().problems()).isEmpty();
        assertThat(compiler.compiled).containsExactly("A", "C");
    }

    @Test
    void passesWarningsOn() throws IOException {
        model("a.dlift", "odd");
        assertThat(generate().warnings()).extracting(Diagnostic::message).containsExactly("this is odd");
    }

    @Test
    void generatesAllWhereTheCacheIsDamaged() throws IOException {
        model("a.dlift", "one");
        generate();
        for (byte[] damaged : List.of(
                new byte[0],
                new byte[] {(byte) 0xff, 0, 10},
                "deepliftc generation cache 1\nfile 0 source A.java\n".getBytes(StandardCharsets.UTF_8),
                "deepliftc generation cache 9\n".getBytes(StandardCharsets.UTF_8),
                "deepliftc generation cache 1\nclass A\n".getBytes(StandardCharsets.UTF_8))) {
            Files.write(cache(), damaged);
            compiler.compiled.clear();
            generate();
            assertThat(compiler.compiled).containsExactly("A");
        }
    }

    @Test
    void deletesNothingOutsideItsFoldersWhateverTheCacheSays() throws IOException {
        model("a.dlift", "one");
        Path precious = Files.writeString(folder.resolve("precious.txt"), "keep");
        Files.createDirectories(cache().getParent());
        Files.writeString(
                cache(),
                "deepliftc generation cache 1\nclass X key\nfile 0 source ../precious.txt\nfile 0 source " + precious
                        + "\n");
        assertThat(generate().deleted()).isZero();
        assertThat(precious).exists();
    }

    private Outcome generate() throws IOException {
        return generate("1.0", new ModelSettings());
    }

    private Outcome generate(String pluginVersion, ModelSettings defaults) throws IOException {
        ModelScan scan = new ModelScan(folder.resolve("models"), folder, List.of("**/*.dlift"), List.of());
        OutputFolders folders = new OutputFolders(folder.resolve("sources"), folder.resolve("resources"));
        return new Generation(compiler, folders, cache(), pluginVersion).run(scan.tasks(List.of(), defaults));
    }

    private Path cache() {
        return folder.resolve("target/deepliftc/default.cache");
    }

    private void model(String name, String text) throws IOException {
        Path file = folder.resolve("models").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Optional<String> source(String path) {
        return RecordingCompiler.textOf(folder.resolve("sources").resolve(path));
    }

    private Optional<String> weights(String path) {
        return RecordingCompiler.textOf(folder.resolve("resources").resolve(path));
    }

    private void age(String... paths) throws IOException {
        for (String path : paths) {
            Files.setLastModifiedTime(folder.resolve(path), LONG_AGO);
        }
    }

    private void assertUntouched(String... paths) throws IOException {
        for (String path : paths) {
            assertThat(Files.getLastModifiedTime(folder.resolve(path))).as(path).isEqualTo(LONG_AGO);
        }
    }
}
