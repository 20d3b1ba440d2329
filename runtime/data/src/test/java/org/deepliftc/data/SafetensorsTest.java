package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(DType.class)
    void readsWhatItWrote(DType type) throws IOException {
        DataArray array = DataArray.of(new double[] {1, 0, 1, 1, 0, 1}, 3, 2).as(type);
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, Map.of("b", array, "a", DataArray.scalar(3)), Map.of("format", "pt"));
        try (Safetensors tensors = Safetensors.open(file)) {
            assertThat(tensors.names()).containsExactly("a", "b");
            assertThat(tensors.shape("b")).containsExactly(3, 2);
            assertThat(tensors.type("b")).isEqualTo(type);
            assertThat(tensors.read("b")).isEqualTo(array);
            assertThat(tensors.readFloats("b")).containsExactly(1, 0, 1, 1, 0, 1);
            assertThat(tensors.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThatThrownBy(() -> tensors.read("c")).hasMessageContaining("no tensor 'c'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | OK",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}    | OK",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | needs 8 bytes",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | negative",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | more than",
                "{'a':{'dtype':'F32','shape':[999999999999999999999],'data_offsets':[0,8]}} | header",
                "{'a':{'dtype':'F32','shape':[1e1],'data_offsets':[0,8]}} | VALUE_NUMBER_INT",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}} | has only 8 bytes",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | belong to none",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | hole",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'U8','shape':[1],'data_offsets':[4,5]}} | overlap",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'a':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}} | Duplicate",
                "{'a':{'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]}} | Duplicate",
                "{'a':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | not supported",
                "{'a':{'dtype':'F32','shape':[2]}} | does not give",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}} | unknown field",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]}} | more than 2",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | data_offsets",
                "{'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}} | START_ARRAY",
                "{'a':[[[[[[[[[[[[[[[[[ | header",
                "{'__metadata__':{'x':1}} | VALUE_STRING",
                "{} {} | goes on",
                "{'a': | no valid JSON",
                "[1,2] | does not start",
            })
    void checksTheHeader(String json, String problem) throws IOException {
        Path file = file(json.replace('\'', '"'), StandardCharsets.UTF_8, 0);
        if (problem.equals("OK")) {
            try (Safetensors tensors = Safetensors.open(file)) {
                assertThat(tensors.readFloats("a")).containsExactly(0, 0);
            }
            return;
        }
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("w.safetensors")
                .hasMessageContaining(problem);
    }

    @Test
    void checksTheHeadersLengthAndEncoding() throws IOException {
        for (long length : new long[] {-1, 0, 1000, Long.MAX_VALUE, 100_000_001}) {
            Path file = file("{}", StandardCharsets.UTF_8, length == 0 ? Long.MIN_VALUE : length);
            assertThatThrownBy(() -> Safetensors.open(file)).hasMessageContaining("the header claims");
        }
        Path latin = file("{\"\u00e9\":1}", StandardCharsets.ISO_8859_1, 0);
        assertThatThrownBy(() -> Safetensors.open(latin)).hasMessageContaining("UTF-8");
        Path wide = file("{\"a\":1}", StandardCharsets.UTF_16LE, 0);
        assertThatThrownBy(() -> Safetensors.open(wide)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void writesTheSameBytesForTheSameTensors() throws IOException {
        Map<String, DataArray> tensors = Map.of(
                "b", DataArray.of(new float[] {1}), "a", DataArray.of(new float[] {2}), "c", DataArray.scalar(1));
        Safetensors.write(folder.resolve("1"), tensors);
        Safetensors.write(folder.resolve("2"), new java.util.TreeMap<>(tensors).descendingMap());
        assertThat(folder.resolve("2")).hasSameBinaryContentAs(folder.resolve("1"));
        byte[] bytes = Files.readAllBytes(folder.resolve("1"));
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void noticesAFileThatShrinksWhileOpen() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, Map.of("a", DataArray.of(new float[100])));
        try (Safetensors tensors = Safetensors.open(file)) {
            Files.write(file, new byte[20]);
            assertThatThrownBy(() -> tensors.read("a")).hasMessageContaining("became shorter");
        }
    }

    /** A file with eight bytes of data; {@code length} replaces the header's true length unless it is 0. */
    private Path file(String header, Charset charset, long length) throws IOException {
        byte[] text = header.getBytes(charset);
        ByteBuffer bytes = ByteBuffer.allocate(16 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length == 0 ? text.length : length).put(text);
        return Files.write(folder.resolve("w.safetensors"), bytes.array());
    }
}
