package org.deepliftc.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.deepliftc.data.Safetensors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checked-in weights that were made are what the seed gives, byte for byte; {@code -Dexamples.accept=true} writes them. */
class SeededModelTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VGG16")
    void weightsAreWhatTheSeedGives(SeededModel model) throws IOException {
        Path fresh = scratch.resolve("fresh.safetensors");
        Safetensors.write(fresh, model.tensors(), Map.of());
        if (Boolean.getBoolean("examples.accept")) {
            Files.copy(fresh, model.checkedInWeights(), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(model.checkedInWeights()).hasSameBinaryContentAs(fresh);
    }
}
