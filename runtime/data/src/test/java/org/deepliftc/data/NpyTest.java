package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NpyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(value = DType.class, names = "BF16", mode = EnumSource.Mode.EXCLUDE)
    void readsWhatItWrote(DType type) throws IOException {
        DataArray array = DataArray.of(new double[] {0, 1, 0, 1, 1, 1}, 1, 2, 3).as(type);
        Npy.write(folder.resolve("a.npy"), array);
        assertThat(Npy.read(folder.resolve("a.npy"))).isEqualTo(array);
    }

    @Test
    void readsArraysLongerThanItsBuffer() throws IOException {
        float[] values = new float[300_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        Npy.write(folder.resolve("a.npy"), DataArray.of(values));
        assertThat(Npy.read(folder.resolve("a.npy")).toFloats()).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } # at most 4 are there",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), } # negative dimension",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), } # needs 8000000000 bytes",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967297,), } # more than",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), } # more than",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } # 64-bit integer",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'shape': ()} # each of descr",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0,), } # more bytes follow",
                "{'descr': '<f4', 'fortran_order': False} # malformed",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': ()} # True or False",
                "{'descr': '|O', 'fortran_order': False, 'shape': (), } # Python objects",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (), } # no numbers we read",
                "{'descr': 'f4', 'fortran_order': False, 'shape': (), } # byte order",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (), } # several fields",
                "{{{{{{{{{{{{ # malformed",
                "{'descr # malformed"
            })
    void namesWhatIsWrongWithTheHeader(String header, String problem) throws IOException {
        Path file = folder.resolve("bad.npy");
        Files.write(file, npy(1, header, 4));
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("bad.npy")
                .hasMessageContaining(problem);
    }

    @Test
    void readsVersionsTwoAndThree() throws IOException {
        for (int version = 2; version <= 3; version++) {
            Path file = folder.resolve("v" + version + ".npy");
            Files.write(file, npy(version, "{\"shape\": (1L,), 'descr': '<i4', 'fortran_order': False}", 4));
            assertThat(Npy.read(file)).isEqualTo(DataArray.of(new int[] {0}));
        }
    }

    @Test
    void survivesTruncationAnywhere() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.write(file, DataArray.of(new float[] {1, 2, 3}));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void refusesHugeHeadersAndMissingFiles() throws IOException {
        byte[] bytes = npy(2, "{}", 0);
        bytes[11] = 0x7f;
        Path file = Files.write(folder.resolve("huge.npy"), bytes);
        assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("claims");
        assertThatThrownBy(() -> Npy.read(folder.resolve("none.npy"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Npy.read(folder)).hasMessageContaining("directory");
    }

    static byte[] npy(int version, String header, int dataBytes) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        int prefix = version == 1 ? 10 : 12;
        byte[] result = new byte[prefix + text.length + dataBytes];
        System.arraycopy(NpyHeader.MAGIC, 0, result, 0, 6);
        result[6] = (byte) version;
        result[8] = (byte) text.length;
        result[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, result, prefix, text.length);
        return result;
    }
}
