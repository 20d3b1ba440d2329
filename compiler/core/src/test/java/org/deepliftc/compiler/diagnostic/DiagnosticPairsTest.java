package org.deepliftc.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deepliftc.compiler.check.CheckedModel;
import org.deepliftc.compiler.check.ListedWeights;
import org.deepliftc.compiler.check.ModelReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every {@code x.dlift} in the folder of pairs says what {@code x.errors} beside it holds. A new pair needs no Java:
 * write the model, run with {@code -Dgolden.accept=true}, read what was written. Weights are lists of tensors, files
 * in folders of their own are imported.
 */
class DiagnosticPairsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "diagnostics");
    private static final Pattern ID = Pattern.compile("(?:error|warning)\\[(\\w+)]");

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".dlift"))
                    .map(name -> name.substring(0, name.length() - ".dlift".length()))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void saysWhatTheErrorsFileHolds(String name) throws IOException {
        Path expected = FOLDER.resolve(name + ".errors");
        String actual = rendered(FOLDER.resolve(name + ".dlift"));
        if (Boolean.getBoolean("golden.accept")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).as("messages of %s", FOLDER.resolve(name + ".dlift")).isEqualTo(Files.readString(expected));
    }

    private static String rendered(Path file) {
        DiagnosticRenderer renderer = new DiagnosticRenderer(SourceTexts::fromDisk, false);
        String text;
        try {
            CheckedModel model = ModelReader.check(file, ListedWeights::open);
            text = renderer.render(model.warnings());
        } catch (DiagnosticException e) {
            text = renderer.render(e.diagnostics());
        }
        return text.replace(FOLDER + file.getFileSystem().getSeparator(), "");
    }

    @Test
    void everyIdHasAPair() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (String name : names()) {
            Matcher matcher = ID.matcher(Files.readString(FOLDER.resolve(name + ".errors")));
            while (matcher.find()) {
                seen.add(matcher.group(1));
            }
        }
        List<String> ids =
                Arrays.stream(Problem.values()).map(Enum::name).collect(Collectors.toCollection(ArrayList::new));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }
}
