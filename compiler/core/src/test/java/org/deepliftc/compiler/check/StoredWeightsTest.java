package org.deepliftc.compiler.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with weights in real files. */
class StoredWeightsTest {
    @TempDir
    Path folder;

    private Path model() throws IOException {
        return Files.writeString(
                folder.resolve("m.dlift"),
                "model M { weights \"m.safetensors\" input x: float[2] output y = dense(x, weights = \"fc\") }");
    }

    private void safetensors(String header, float... values) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Files.write(folder.resolve("m.safetensors"), bytes.array());
    }

    @Test
    void readsSafetensors() throws IOException {
        safetensors("{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 1.5f, -2f);

        Model model = ModelReader.read(model());

        assertThat(model.graph().outputs().get("y").input(1).constant().toArray())
                .containsExactly(1.5, -2);
    }

    @Test
    void reportsADamagedFileAtTheLineThatNamesIt() throws IOException {
        safetensors("{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}", 1.5f);

        assertThatThrownBy(() -> ModelReader.read(model()))
                .isInstanceOfSatisfying(
                        DiagnosticException.class,
                        e -> assertThat(e.diagnostics())
                                .singleElement()
                                .satisfies(d -> assertThat(d.id()).isEqualTo("WEIGHT004"))
                                .satisfies(d -> assertThat(d.span().line()).isEqualTo(1)));
    }

    @Test
    void reportsAMissingFile() throws IOException {
        assertThatThrownBy(() -> ModelReader.read(model()))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("'m.safetensors' cannot be read");
    }
}
