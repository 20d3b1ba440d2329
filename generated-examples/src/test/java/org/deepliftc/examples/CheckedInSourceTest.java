package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Java that stands beside each model is what a fresh run of the Maven plugin prints, byte for byte.
 * {@code -Dexamples.accept=true} takes the fresh text over.
 */
class CheckedInSourceTest {
    private static final Path FRESH = Path.of("target/generated-sources/deepliftc/org/deepliftc/examples");

    @ParameterizedTest
    @CsvSource({
        "breast-cancer, BreastCancer",
        "bpnet, BpNet",
        "digits-cnn, DigitsCnn",
        "digits-gru, DigitsGru",
        "digits-lstm, DigitsLstm",
        "figure-1, Figure1",
        "gata-cagatg, GataCagatg",
        "gata-cagatg, GataCagatgShuffled",
        "mlp-10-16-1, Mlp10x16x1"
    })
    void isWhatAFreshRunPrints(String folder, String className) throws IOException {
        Path fresh = FRESH.resolve(className + ".java");
        Path checkedIn = Path.of(folder, className + ".java");
        if (Boolean.getBoolean("examples.accept")) {
            Files.copy(fresh, checkedIn, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(checkedIn)
                .as("%s against %s; -Dexamples.accept=true takes the latter over", checkedIn, fresh)
                .hasSameTextualContentAs(fresh);
    }
}
