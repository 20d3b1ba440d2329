package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.conformance.onnx.RoundTrip;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The models of all cases printed in the language and read again. */
final class PrintedCasesTest {
    /** Attention of the language multiplies by a transpose, which it cannot say outside of that layer. */
    private static final Set<String> WITHOUT_FORM = Set.of("attention_small");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicNode> fromTheLanguage() {
        return ConformanceCase.all().stream()
                .filter(each -> !WITHOUT_FORM.contains(each.name()))
                .map(this::comesBack);
    }

    @TestFactory
    Stream<DynamicNode> fromOnnx() {
        return ConformanceCase.imported().stream().map(this::comesBack);
    }

    private DynamicNode comesBack(ConformanceCase each) {
        return dynamicTest(each.name(), () -> RoundTrip.comesBack(Compiler.read(each.model()), folder));
    }

    @Test
    void recurrencesAreLayers() throws Exception {
        for (ConformanceCase each : ConformanceCase.imported()) {
            String layer = each.name().contains("lstm") ? "lstm(" : each.name().contains("gru") ? "gru(" : "";
            if (!layer.isEmpty()) {
                assertThat(RoundTrip.comesBack(Compiler.read(each.model()), folder))
                        .containsOnlyOnce(layer)
                        .doesNotContain("product");
            }
        }
    }

    @Test
    void allStatesAreValuesOfTheLayer() throws Exception {
        ConformanceCase lstm = ConformanceCase.all().stream()
                .filter(each -> each.name().equals("lstm_small"))
                .findFirst()
                .orElseThrow();
        Files.copy(lstm.model().resolveSibling("lstm_small.safetensors"), folder.resolve("lstm_small.safetensors"));
        for (String outputs : new String[] {
            "output all = s\noutput cell = c\noutput last = h", "output c\noutput s", "output c", "output p = c + h"
        }) {
            Path file = Files.writeString(folder.resolve("states.dlift"), """
                    model States {
                    input x: float[7, 3]
                    weights "lstm_small.safetensors"
                    s, h, c = lstm(x, units = 5, order = "iofc", sequences = true, states = true, weights = "lstm",
                        direction = "reverse", activation = "softsign")
                    %s
                    }
                    """.formatted(outputs));
            assertThat(RoundTrip.comesBack(Compiler.read(file), folder)).contains("states = true");
        }
    }
}
