package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy_deflated.npz"})
    void readsWhatNumpyWrites(String name) throws IOException, URISyntaxException {
        float[] counted = new float[24];
        for (int i = 0; i < 24; i++) {
            counted[i] = i / 8f;
        }
        try (Npz npz = Npz.open(Path.of(NpzTest.class.getResource(name).toURI()))) {
            assertThat(npz.names()).hasSize(11).startsWith("f4", "f8_big");
            assertThat(npz.read("f4")).isEqualTo(DataArray.of(counted, 2, 3, 4));
            assertThat(npz.read("fortran")).isEqualTo(DataArray.of(counted, 2, 3, 4));
            assertThat(npz.read("f8_big").toFloats()).isEqualTo(counted);
            assertThat(npz.read("f2").toFloats()).containsExactly(1.5f, -2f, 0x1p-24f, 65504f, Float.POSITIVE_INFINITY);
            assertThat(npz.read("i8")).isEqualTo(DataArray.of(new long[] {-(1L << 62), 7}));
            assertThat(npz.read("u4").toDoubles()).containsExactly(4294967295.0);
            assertThat(npz.read("i2_big").toInts()).containsExactly(-300, 300);
            assertThat(npz.read("bool").toInts()).containsExactly(1, 0);
            assertThat(npz.read("scalar")).isEqualTo(DataArray.scalar(2.5));
            assertThat(npz.read("empty").shape()).containsExactly(0, 4);
            assertThat(npz.shape("f4")).containsExactly(2, 3, 4);
            assertThat(npz.type("f8_big")).isEqualTo(DType.F64);
            assertThatThrownBy(() -> npz.read("objects"))
                    .hasMessageContaining("'objects'")
                    .hasMessageContaining("Python");
            assertThatThrownBy(() -> npz.read("f5")).hasMessageContaining("did you mean 'f4'");
        }
    }

    @ParameterizedTest
    @EnumSource(Npz.Compression.class)
    void writesTheSameBytesForTheSameArrays(Npz.Compression compression) throws IOException {
        Map<String, DataArray> arrays = Map.of(
                "output", DataArray.of(new float[] {1, 2}, 2, 1),
                "contributions.x", DataArray.of(new double[] {1, -1}, 2, 1),
                "codes", DataArray.of(new byte[] {-1, 2}));
        Path first = folder.resolve("a.npz");
        Path second = folder.resolve("b.npz");
        java.util.TimeZone zone = java.util.TimeZone.getDefault();
        Npz.write(first, arrays, compression);
        try {
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Tokyo"));
            Npz.write(second, new java.util.TreeMap<>(arrays).descendingMap(), compression);
        } finally {
            java.util.TimeZone.setDefault(zone);
        }
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Npz.readAll(first)).isEqualTo(arrays);
    }

    @Test
    void readsDeflatedArraysLargerThanTheFirstAllocation() throws IOException {
        float[] values = new float[(1 << 21) + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 1000;
        }
        Path file = folder.resolve("a.npz");
        Npz.write(file, Map.of("x", DataArray.of(values)), Npz.Compression.DEFLATED);
        assertThat(Npz.readAll(file).get("x").toFloats()).isEqualTo(values);
    }

    @Test
    void takesNoMemoryForWhatADeflatedEntryOnlyClaims() throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000,), }";
        Path file = zip(Map.of("x.npy", NpyTest.npy(1, header, 100)));
        assertThatThrownBy(() -> Npz.readAll(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("16000000000");
    }

    @Test
    void refusesDamagedNamesContentsAndArchives() throws IOException {
        for (String name : new String[] {"../x.npy", "/x.npy", "a/../../x.npy", "a\\b.npy", "a\nb.npy", ".npy"}) {
            Path file = zip(Map.of(name, new byte[0]));
            assertThatThrownBy(() -> Npz.open(file))
                    .hasMessageContaining("no name for an array")
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> Npz.write(folder.resolve("x.npz"), Map.of("../x", DataArray.scalar(1))))
                .isInstanceOf(DataFormatException.class);
        Path text = Files.writeString(folder.resolve("text.npz"), "no zip");
        assertThatThrownBy(() -> Npz.open(text)).hasMessageContaining("no readable zip");
    }

    @Test
    void refusesNamesThatAreDoubleOrNotUtf8() throws IOException {
        Path file = zip(new java.util.TreeMap<>(Map.of("x1.npy", NpyTest.npy(1, "{}", 0), "x2.npy", new byte[0])));
        replace(file, "x2.npy", "x1.npy");
        assertThatThrownBy(() -> Npz.open(file)).hasMessageContaining("twice");
        replace(file, "x1.npy", "x\u00ff.npy");
        assertThatThrownBy(() -> Npz.open(file)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void noticesAnyDamagedByteOfAnArray() throws IOException {
        Path file = folder.resolve("a.npz");
        Npz.write(file, Map.of("x", DataArray.of(new float[] {1, 2, 3, 4})));
        byte[] bytes = Files.readAllBytes(file);
        bytes[35 + 128 + 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Npz.readAll(file)).hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @EnumSource(Npz.Compression.class)
    void survivesTruncationAndFlippedBytes(Npz.Compression compression) throws IOException {
        Path file = folder.resolve("a.npz");
        Npz.write(file, Map.of("x", DataArray.of(new float[] {1, 2, 3, 4})), compression);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) 0xff;
            Files.write(file, damaged);
            readOrRefuse(file);
            Files.write(file, java.util.Arrays.copyOf(whole, i));
            assertThatThrownBy(() -> Npz.readAll(file)).isInstanceOf(DataFormatException.class);
        }
    }

    private static void readOrRefuse(Path file) throws IOException {
        try {
            Npz.readAll(file);
        } catch (DataFormatException e) {
            assertThat(e).hasMessageContaining("a.npz");
        }
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = Files.createTempFile(folder, "made", ".npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, content.replace(from, to), StandardCharsets.ISO_8859_1);
    }
}
