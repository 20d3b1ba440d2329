package org.deepliftc.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelScanTest {
    private static final ModelSettings NOTHING = new ModelSettings();

    @TempDir
    Path folder;

    @Test
    void findsModelsInEveryFolderAndNamesTheirClasses() throws IOException {
        models("root.dlift", "org/example/gata-cagatg.dlift", "org/example/notes.txt", "org/common/blocks.dlift");
        ModelScan scan = new ModelScan(folder, folder, List.of("**/*.dlift"), List.of("**/common/**"));
        assertThat(scan.tasks(List.of(), NOTHING))
                .extracting(ModelTask::qualifiedName)
                .containsExactly("org.example.GataCagatg", "Root");
    }

    @Test
    void makesAClassForEachSettingsOfAModel() throws IOException {
        models("a/net.dlift");
        List<ModelTask> tasks = scan().tasks(
                        List.of(
                                Settings.of("file", "a/net.dlift", "className", "First", "packageName", "b.c"),
                                Settings.of("file", "a/net.dlift", "target", "1")),
                        NOTHING);
        assertThat(tasks).extracting(ModelTask::qualifiedName).containsExactly("b.c.First", "a.Net");
        assertThat(tasks.get(0).file()).isEqualTo(folder.resolve("a/net.dlift"));
        assertThat(tasks.get(0).options().explain().target()).isEmpty();
        assertThat(tasks.get(1).options().explain().target()).isPresent();
    }

    @Test
    void findsNothingWhereThereIsNoFolder() {
        ModelScan scan = new ModelScan(folder.resolve("none"), folder, List.of("**/*.dlift"), List.of());
        assertThat(scan.tasks(List.of(), NOTHING)).isEmpty();
    }

    @Test
    void refusesSettingsOfAModelThatIsNotThere() throws IOException {
        models("a/net.dlift");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan().tasks(List.of(Settings.of("file", "net.dlift")), NOTHING))
                .withMessageContaining("<file>net.dlift</file> is no model of this project")
                .withMessageContaining("a/net.dlift");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan().tasks(List.of(Settings.of("target", "1")), NOTHING))
                .withMessageContaining("has no <file>");
    }

    @Test
    void refusesTwoModelsThatBecomeOneClass() throws IOException {
        models("a/my-net.dlift", "a/mynet.dlift");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan().tasks(List.of(), NOTHING))
                .withMessageStartingWith("a/my-net.dlift and a/mynet.dlift both become the class a.Mynet");
    }

    @Test
    void namesTheModelWhoseSettingIsWrong() throws IOException {
        models("net.dlift");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan().tasks(List.of(Settings.of("file", "net.dlift", "at", "")), NOTHING))
                .withMessageStartingWith("net.dlift: <at> is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "figure1.dlift, Figure1",
        "a/gata-cagatg.dlift, GataCagatg",
        "MNIST_cnn v2.dlift, MNISTCnnV2",
        "modèle.dlift, Modèle",
        "net.v1.dlift, NetV1"
    })
    void makesClassNames(String file, String name) {
        assertThat(ClassNames.className(file)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"3d.dlift", "---.dlift"})
    void refusesFilesThatNameNoClass(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassNames.className(file))
                .withMessageContaining("set <className>");
    }

    @ParameterizedTest
    @CsvSource({"my-models/a.dlift", "a/new/b.dlift", "1/a.dlift"})
    void refusesFoldersThatNameNoPackage(String file) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassNames.packageName(file))
                .withMessageContaining("set <packageName>");
    }

    private ModelScan scan() {
        return new ModelScan(folder, folder, List.of("**/*.dlift"), List.of());
    }

    private void models(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "model");
        }
    }
}
