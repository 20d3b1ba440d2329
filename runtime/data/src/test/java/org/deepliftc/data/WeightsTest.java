package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
    @TempDir
    Path folder;

    @Test
    void tellsFormatsByTheirFirstBytes() throws IOException {
        Map<String, DataArray> tensors = Map.of("fc.weight", DataArray.of(new float[] {1, 2}, 1, 2));
        Safetensors.write(folder.resolve("a.npz"), tensors);
        Npz.write(folder.resolve("b.safetensors"), tensors);
        for (String name : new String[] {"a.npz", "b.safetensors"}) {
            DataArray read;
            try (Weights weights = Weights.open(folder.resolve(name))) {
                assertThat(weights.names()).containsExactly("fc.weight");
                assertThat(weights.shape("fc.weight")).containsExactly(1, 2);
                read = weights.read("fc.weight");
                assertThat(read.origin()).contains(name, "fc.weight");
                assertThatThrownBy(() -> weights.shape("fc.weigth")).hasMessageContaining("did you mean 'fc.weight'?");
            }
            Files.write(folder.resolve(name), new byte[3]);
            assertThat(read).isEqualTo(tensors.get("fc.weight"));
        }
    }

    @Test
    void saysWhatAForeignFileIs() throws IOException {
        refuses("", "empty");
        refuses("abc", "only 3 bytes");
        refuses("\u0089HDF\r\n\u001a\n0000", "HDF5");
        refuses("\u0093NUMPY\1\0aaaaaa", "npy");
        refuses("\u0080\2}qqqqqqqqqqq", "pickle");
        refuses("just some text in it", "neither format");
        assertThatThrownBy(() -> Weights.open(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    private void refuses(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("w"), content, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Weights.open(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(message);
    }
}
