package org.deepliftc.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path folder;

    @Test
    void aMissingValueIsNotANumber() throws IOException {
        assertThat(read("1,2\n3,\n").values().toDoubles()).containsExactly(1, 2, 3, Double.NaN);
    }

    @Test
    void readsPlainNumbers() throws IOException {
        CsvTable table = read("1,2.5\n-3e2, +4 \r\nNaN,-inf\n");
        assertThat(table.columns()).isEmpty();
        assertThat(table.rowNames()).isEmpty();
        assertThat(table.values().shape()).containsExactly(3, 2);
        assertThat(table.values().toDoubles()).containsExactly(1, 2.5, -300, 4, Double.NaN, Double.NEGATIVE_INFINITY);
    }

    @Test
    void readsHeaderAndRowNames() throws IOException {
        CsvTable table = read("\uFEFFid;a;\"b;c\"\nx1;1;2\nx2;3;4");
        assertThat(table.columns()).containsExactly("a", "b;c");
        assertThat(table.rowNames()).containsExactly("x1", "x2");
        assertThat(table.values().toInts()).containsExactly(1, 2, 3, 4);
        assertThat(read("a\tb\n1\t2\n").columns()).containsExactly("a", "b");
        assertThat(Csv.read(write("x,1\ny,2\n"), Csv.Header.ABSENT).rowNames()).containsExactly("x", "y");
    }

    @Test
    void namesLineColumnAndText() throws IOException {
        refuses("a,b\n1,2\n3,4x\n", "line 3, column 2 ('b'): '4x' is no number");
        refuses("1,2\n3\n", "line 2 has 1 fields where the first has 2");
        refuses("1,1f\n2,0x1p3\n", "line 2, column 2");
        refuses("a\nb\n", "line 2, column 1");
        refuses("", "empty");
        refuses("a,b\n", "no rows");
        refuses("1,\"2", "line");
        refuses("1,2\n\"" + "9".repeat(2 << 20), "no table");
        Path latin = Files.write(folder.resolve("t.csv"), new byte[] {'1', ',', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> Csv.read(latin))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void roundTripsEveryFloat() throws IOException {
        Random random = new Random(7);
        float[] floats = random
                .ints(3000)
                .mapToObj(Float::intBitsToFloat)
                .filter(Float::isFinite)
                .limit(2000)
                .collect(() -> new java.util.ArrayList<Float>(), List::add, List::addAll)
                .stream()
                .collect(() -> java.nio.FloatBuffer.allocate(2000), java.nio.FloatBuffer::put, (a, b) -> {})
                .array();
        double[] doubles = random.longs(3000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .limit(2000)
                .toArray();
        Path file = folder.resolve("t.csv");
        List<String> names = List.of("plain", "with, comma");
        Csv.write(file, new CsvTable(names, List.of(), DataArray.of(floats, 1000, 2)));
        assertThat(Csv.read(file).values().toFloats()).isEqualTo(floats);
        assertThat(Csv.read(file).columns()).isEqualTo(names);
        Csv.write(file, new CsvTable(List.of(), List.of(), DataArray.of(doubles, 1000, 2)));
        assertThat(Csv.read(file).values().toDoubles()).isEqualTo(doubles);
        CsvTable whole = new CsvTable(names, List.of("r \"1\"", "r\n2"), DataArray.of(new double[] {1, 2, 3, 4}, 2, 2));
        Csv.write(file, whole);
        CsvTable back = Csv.read(file);
        assertThat(back.rowNames()).isEqualTo(whole.rowNames());
        assertThat(back.values()).isEqualTo(whole.values());
    }

    private CsvTable read(String text) throws IOException {
        return Csv.read(write(text));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text, StandardCharsets.UTF_8);
    }

    private void refuses(String text, String message) throws IOException {
        Path file = write(text);
        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(message);
    }
}
