package org.deepliftc.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.deepliftc.data.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FastaTest {
    @TempDir
    Path folder;

    @Test
    void readsRecordsOverSeveralLinesAndLineEnds() throws IOException {
        try (Fasta fasta = Fasta.open(write("\n>chr1 first one\r\nACgt\r\nNR\r\n\r\n>chr2\rAC \rGT"))) {
            FastaRecord first = fasta.next().orElseThrow();
            assertThat(first.name()).isEqualTo("chr1");
            assertThat(first.description()).isEqualTo("first one");
            assertThat(first.sequence()).isEqualTo("ACGTNN");
            assertThat(first.ambiguous()).isEqualTo(2);
            assertThat(first.line()).isEqualTo(2);
            FastaRecord second = fasta.next().orElseThrow();
            assertThat(second.name()).isEqualTo("chr2");
            assertThat(second.line()).isEqualTo(6);
            assertThat(second.sequence()).isEqualTo("ACGT");
            assertThat(fasta.next()).isEmpty();
            assertThat(fasta.next()).isEmpty();
        }
    }

    @Test
    void encodesBothLayouts() throws IOException {
        Path file = write(">a\nAC\n>b\nTN\n");
        OneHotSequences first = OneHotSequences.read(file, OptionalInt.of(2), OneHotLayout.CHANNELS_FIRST);
        assertThat(first.names()).containsExactly("a", "b");
        assertThat(first.ambiguous()).isEqualTo(1);
        assertThat(first.values().shape()).containsExactly(2, 4, 2);
        assertThat(first.values().toInts()).containsExactly(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        OneHotSequences last = OneHotSequences.read(file, OptionalInt.empty(), OneHotLayout.CHANNELS_LAST);
        assertThat(last.values().shape()).containsExactly(2, 2, 4);
        assertThat(last.values().toInts()).containsExactly(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        // Two members, as bgzip makes them.
        byte[] packed = concat(gzip(">a\nAC"), gzip("GT\n>b\nTTTT\n"));
        OneHotSequences read = OneHotSequences.read(
                Files.write(folder.resolve("x.fa"), packed), OptionalInt.of(4), OneHotLayout.CHANNELS_FIRST);
        assertThat(read.names()).containsExactly("a", "b");
        for (int cut = 3; cut < packed.length; cut += 5) {
            Path file = Files.write(folder.resolve("cut.fa"), Arrays.copyOf(packed, cut));
            assertThatThrownBy(() -> OneHotSequences.read(file, OptionalInt.of(4), OneHotLayout.CHANNELS_FIRST))
                    .isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void stopsAtTheLengthOfTheModelInABomb() throws IOException {
        Path file = Files.write(folder.resolve("bomb.fa.gz"), gzip(">a\nACGT\n>b\n" + "A".repeat(1 << 24)));
        assertThatThrownBy(() -> OneHotSequences.read(file, OptionalInt.empty(), OneHotLayout.CHANNELS_FIRST))
                .hasMessageContaining("'b': the sequence is longer than the 4 bases");
    }

    @Test
    void namesRecordLineAndPosition() {
        refuses(">a\nACGT\n>b\nAC\nGTX\n", "'b', line 5, position 5: 'X' is no base");
        refuses(">a\nACGU\n", "T for U");
        refuses(">a\nAC-T\n", "'-'");
        refuses(">a\nAC\u0000T\n", "byte 0x0");
        refuses(">a\nACGT\n>b\nACG\n", "'b', line 3: the sequence has 3 bases, not 4");
        refuses(">a\nAC\n", "'a', line 1: the sequence has 2 bases, not 4");
        refuses(">a\n>b\nACGT\n", "'a', line 1: the sequence is empty");
        refuses(">a\n", "empty");
        refuses(">a", "empty");
        refuses("> a\nACGT\n", "no name");
        refuses("ACGT\n", "line 1: it does not start with '>'");
        refuses("", "no sequences");
        refuses("\n\n", "no sequences");
        refuses(">" + "x".repeat(1 << 17) + "\nACGT\n", "longer than");
        refuses(">\u00e9\nACGT\n", "UTF-8");
        assertThatThrownBy(() -> Fasta.open(folder.resolve("none.fa"))).hasMessageContaining("no such file");
    }

    private void refuses(String text, String message) {
        assertThatThrownBy(() -> OneHotSequences.read(write(text), OptionalInt.of(4), OneHotLayout.CHANNELS_FIRST))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(message);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("x.fa"), text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }
}
