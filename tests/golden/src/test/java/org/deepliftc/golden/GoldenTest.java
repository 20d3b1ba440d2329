package org.deepliftc.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.CompiledClass;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.GraphText;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.optimize.Optimizer;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every stage of a small model as text. A folder is a model: {@code model.dlift} beside {@code graph.txt},
 * {@code derived.txt}, {@code optimised.txt} and the Java class. On a mismatch the actual text is written beside the
 * expected one; {@code -Dgolden.accept=true} takes it over.
 */
class GoldenTest {
    private static final Path FOLDERS = Path.of("src/test/resources/golden");

    static List<Path> models() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyStage(Path folder) throws IOException {
        Model model = Compiler.read(folder.resolve("model.dlift"));
        expect(folder.resolve("graph.txt"), GraphText.of(model.graph()));
        Explanation explanation = Compiler.resolve(model, CompileOptions.DEFAULT);
        JointGraph derived = Compiler.derive(explanation);
        expect(folder.resolve("derived.txt"), GraphText.of(derived.graph()));
        expect(folder.resolve("optimised.txt"), GraphText.of(Optimizer.optimize(derived.graph())));
        CompiledClass compiled = Compiler.compile(model, CompileOptions.DEFAULT);
        expect(folder.resolve(compiled.className() + ".java.txt"), compiled.javaSource());
        assertThat(Compiler.compile(model, CompileOptions.DEFAULT).javaSource())
                .as("the same model gives the same text")
                .isEqualTo(compiled.javaSource());
    }

    private static void expect(Path golden, String actual) throws IOException {
        if (Boolean.getBoolean("golden.accept")) {
            Files.writeString(golden, actual);
            return;
        }
        String expected = Files.exists(golden) ? Files.readString(golden) : "";
        if (!expected.equals(actual)) {
            Path beside = golden.resolveSibling(golden.getFileName() + ".actual");
            Files.writeString(beside, actual);
            assertThat(actual)
                    .as("%s differs; the actual text is in %s, -Dgolden.accept=true takes it over", golden, beside)
                    .isEqualTo(expected);
        }
    }
}
