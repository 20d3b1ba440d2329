package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.ImportOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may look like, and what is said of those that may not. */
class KerasImporterTest {
    @TempDir
    Path folder;

    private Path image;

    @BeforeEach
    void copy() throws IOException {
        image = KerasFilesTest.resource(folder, "image.keras");
    }

    private static Model read(Path file) {
        return KerasImporter.read(file, ImportOptions.DEFAULT).model();
    }

    private static List<Diagnostic> problems(Path file, ImportOptions options) {
        DiagnosticException e =
                catchThrowableOfType(DiagnosticException.class, () -> KerasImporter.read(file, options));
        assertThat(e).as("the model is refused").isNotNull();
        return e.diagnostics();
    }

    /** The image model with each piece of its configuration's text replaced by the next. */
    private Path changed(String... pieces) throws IOException {
        String config = KerasArchive.config(image);
        for (int i = 0; i < pieces.length; i += 2) {
            assertThat(config).contains(pieces[i]);
            config = config.replace(pieces[i], pieces[i + 1]);
        }
        return KerasArchive.with(image, config, folder.resolve("m.keras"));
    }

    @Test
    void namesAreThoseOfTheFile() {
        Model model = read(image);

        assertThat(model.inputs()).singleElement().satisfies(input -> {
            assertThat(input.name()).isEqualTo("image");
            assertThat(input.shape()).isEqualTo(Shape.of(16, 16, 3));
        });
        assertThat(model.graph().outputs()).containsOnlyKeys("dense_4");
        assertThat(model.graph().nodes()).extracting(Node::name).contains("conv2d_1.linear", "conv2d_1", "add");
    }

    @Test
    void nodesMayBeWrittenAsKeras2Does() throws IOException {
        String config = KerasArchive.config(image);
        String older = config.replaceAll(
                "\\{\"args\": \\[\\{\"class_name\": \"__keras_tensor__\", \"config\": \\{[^{}]*"
                        + "\"keras_history\": \\[([^\\]]*)\\]\\}\\}\\], \"kwargs\": \\{[^{}]*\\}\\}",
                "[[$1, {}]]");
        assertThat(older).isNotEqualTo(config).contains("[[[\"image\", 0, 0, {}]]]");

        Model model = read(KerasArchive.with(image, older, folder.resolve("older.keras")));

        assertThat(GraphDigest.firstDifference(read(image).graph(), model.graph()))
                .isEmpty();
    }

    @Test
    void layersWithExtentsThatMakeNoSenseAreNamed() throws IOException {
        Path file = new KerasModel(2, 3).layer("Permute", "'dims': [5, 1]").write(folder);

        assertThat(problems(file, ImportOptions.DEFAULT))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("Permute 'l1'"));
    }

    @Test
    void convolutionsInARowShareOneTranspose() {
        assertThat(read(image).graph().nodes())
                .filteredOn(node -> node.op() instanceof Op.Transpose)
                .hasSize(1);
    }

    @Test
    void allLayersWithoutTranslationAreReportedAtOnce() throws IOException {
        Path file = changed(
                "\"class_name\": \"Add\"", "\"class_name\": \"Lambda\"",
                "\"class_name\": \"Concatenate\"", "\"class_name\": \"Attention\"");

        List<Diagnostic> problems = problems(file, ImportOptions.DEFAULT);

        assertThat(problems).hasSize(2).allSatisfy(d -> assertThat(d.id()).isEqualTo("IMPORT003"));
        assertThat(problems.get(0).message()).contains("Attention", "'concatenate'");
        assertThat(problems.get(1).message()).contains("Lambda", "'add'");
        assertThat(problems.get(1).hint())
                .hasValueSatisfying(hint -> assertThat(hint).contains("Conv2D, ", "LSTM"));
    }

    @Test
    void weightsMustHaveTheShapesOfTheConfiguration() throws IOException {
        assertThat(problems(changed("\"units\": 16", "\"units\": 1000"), ImportOptions.DEFAULT))
                .first()
                .satisfies(
                        d -> assertThat(d.message()).contains("Dense 'dense_3'", "kernel", "[12, 1000]", "[12, 16]"));
        assertThat(problems(changed("\"units\": 16", "\"units\": 1000000000"), ImportOptions.DEFAULT))
                .first()
                .satisfies(d -> assertThat(d.message()).contains("Dense 'dense_3'", "2^31"));
    }

    @Test
    void aModelThatReadsItselfIsNoModel() throws IOException {
        Path file = changed("\"keras_history\": [\"batch_normalization\", 0, 0]", "\"keras_history\": [\"add\", 0, 0]");

        assertThat(problems(file, ImportOptions.DEFAULT))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("reads values that no layer makes"));
    }

    @Test
    void shapesMayBeGivenWhereTheFileLeavesThemOpen() throws IOException {
        Path file = changed("\"batch_shape\": [null, 16, 16, 3]", "\"batch_shape\": [null, null, null, 3]");

        assertThat(problems(file, ImportOptions.DEFAULT).get(0).id()).isEqualTo("IMPORT005");
        List<Optional<Integer>> shape = List.of(Optional.empty(), Optional.of(20), Optional.of(24), Optional.of(3));
        Model model = KerasImporter.read(file, new ImportOptions(Map.of(), Map.of("image", shape)))
                .model();
        assertThat(model.inputs().get(0).shape()).isEqualTo(Shape.of(20, 24, 3));
    }

    @Test
    void optionsMustFitTheFile() {
        assertThat(problems(image, new ImportOptions(Map.of("*", OptionalInt.of(1)), Map.of())))
                .singleElement()
                .satisfies(d -> assertThat(d.id()).isEqualTo("IMPORT007"));
        assertThat(problems(image, new ImportOptions(Map.of(), Map.of("nix", List.of(Optional.empty())))))
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("'nix'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image.h5", "image.keras"})
    void damagedFilesAreAMessageForAPerson(String name) throws IOException {
        byte[] whole = Files.readAllBytes(name.equals("image.keras") ? image : KerasFilesTest.resource(folder, name));
        Path file = folder.resolve("damaged");
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            byte[] broken = whole.clone();
            if (round % 2 == 0) {
                broken = Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                for (int i = 0; i <= round % 16; i++) {
                    broken[random.nextInt(i % 2 == 0 ? whole.length : 4096)] = (byte) random.nextInt(256);
                }
            }
            Files.write(file, broken);
            try {
                read(file);
            } catch (DiagnosticException e) {
                assertThat(e.diagnostics()).isNotEmpty();
            }
        }
    }

    @Test
    void otherFilesAreNone() throws IOException {
        Path file = Files.writeString(folder.resolve("m.h5"), "no model");

        assertThat(problems(file, ImportOptions.DEFAULT).get(0).message()).contains("zip", "HDF5");
    }
}
