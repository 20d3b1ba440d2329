package org.deepliftc.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.NonlinearityRule;
import org.deepliftc.compiler.explain.SoftmaxTarget;
import org.deepliftc.compiler.explain.Spelled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manual's examples compile, and its tables leave nothing out. */
class LanguageManualTest {
    private static final Path MANUAL = Path.of("..", "..", "grammar", "LANGUAGE.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?:<!-- weights (\\S+)\\R(.*?)-->\\R)?```dlift\\R(.*?)```", Pattern.DOTALL);

    /** A model of the manual, and the weights an invisible comment above it lists. */
    record Example(String file, String weights, String text) {
        @Override
        public String toString() {
            return text.lines()
                    .filter(line -> line.startsWith("model"))
                    .findFirst()
                    .orElse(text);
        }
    }

    @TempDir
    Path folder;

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(MANUAL));
        while (matcher.find()) {
            boolean hasWeights = matcher.group(1) != null;
            examples.add(new Example(
                    hasWeights ? matcher.group(1) : "none", hasWeights ? matcher.group(2) : "", matcher.group(3)));
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCompilesWithoutAWarning(Example example) {
        CheckedModel checked =
                new Models(folder).file(example.file(), example.weights()).check(example.text());

        assertThat(checked.warnings()).isEmpty();
        assertThat(checked.model().graph().outputs()).isNotEmpty();
    }

    @Test
    void noExampleIsMissed() throws IOException {
        assertThat(examples()).hasSizeGreaterThan(6);
        assertThat(examples()).hasSize(Files.readString(MANUAL).split("```dlift", -1).length - 1);
    }

    @Test
    void namesEveryFunction() throws IOException {
        String manual = Files.readString(MANUAL);

        assertThat(Builtins.names()).allSatisfy(name -> assertThat(manual).containsPattern("`" + name + "[(`]"));
    }

    @Test
    void namesEveryChoiceOfTheExplainSection() throws IOException {
        String manual = Files.readString(MANUAL);
        List<Spelled> choices = new ArrayList<>(List.of(Method.values()));
        choices.addAll(List.of(NonlinearityRule.values()));
        choices.addAll(List.of(MaxRule.values()));
        choices.addAll(List.of(SoftmaxTarget.values()));

        assertThat(choices)
                .allSatisfy(choice ->
                        assertThat(manual).contains("`" + choice.spelling().replace('-', '_') + "`"));
    }
}
