package org.deepliftc.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsReaderTest {
    private static final int FLOATS = 40_001; // more than two buffers
    private static final int DOUBLES = 17_003;
    private static final int INTS = 3;

    private final float[] floats = new float[FLOATS];
    private final double[] doubles = new double[DOUBLES];
    private final byte[] file = write();

    @TempDir
    Path folder;

    @Test
    void readsEveryElementTypeFromAFile() throws Exception {
        Path path = Files.write(folder.resolve("m.weights"), file);
        try (WeightsReader reader = WeightsReader.open(path, sha256(file), file.length)) {
            readAll(reader);
        }
    }

    @Test
    void readsAStreamThatDeliversOneByteAtATimeAndLeavesItOpen() throws Exception {
        boolean[] closed = {false};
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 1));
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        try (WeightsReader reader = WeightsReader.open(slow, sha256(file).toUpperCase(), file.length)) {
            readAll(reader);
        }
        assertThat(closed[0]).isFalse();
    }

    @Test
    void readsAFileWithoutConstants() throws Exception {
        byte[] empty = "DLIFTW01".getBytes(StandardCharsets.US_ASCII);
        WeightsReader reader = WeightsReader.open(new ByteArrayInputStream(empty), sha256(empty), 8);
        reader.read(new float[0]);
        reader.finish();
    }

    @Test
    void refusesAFileOfAnotherLengthBeforeReadingIt() throws Exception {
        Path path = Files.write(folder.resolve("short.weights"), Arrays.copyOf(file, 20));
        assertThatIOException()
                .isThrownBy(() -> WeightsReader.open(path, sha256(file), file.length))
                .withMessageContaining("short.weights does not belong to this class: it has 20 bytes, the class needs "
                        + file.length + " bytes")
                .withMessageContaining("compile the model again");
    }

    @Test
    void refusesATruncatedStream() throws Exception {
        byte[] cut = Arrays.copyOf(file, 1_000);
        WeightsReader reader = WeightsReader.open(new ByteArrayInputStream(cut), sha256(file), file.length);
        assertThatIOException()
                .isThrownBy(() -> reader.read(new float[FLOATS]))
                .withMessageContaining("it ends after 1000 bytes, the class needs " + file.length);
    }

    @Test
    void refusesAnEmptyStream() {
        assertThatIOException()
                .isThrownBy(() -> WeightsReader.open(InputStream.nullInputStream(), sha256(file), file.length))
                .withMessageContaining("it ends after 0 bytes");
    }

    @Test
    void refusesAStreamThatGoesOn() throws Exception {
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        WeightsReader reader = WeightsReader.open(new ByteArrayInputStream(longer), sha256(longer), file.length);
        assertThatIOException().isThrownBy(() -> readAll(reader)).withMessageContaining("it goes on after the");
    }

    @Test
    void refusesAnotherMagic() {
        byte[] other = file.clone();
        other[7] = '2';
        assertThatIOException()
                .isThrownBy(() -> WeightsReader.open(new ByteArrayInputStream(other), sha256(other), other.length))
                .withMessageContaining("444c494654573032")
                .withMessageContaining("\"DLIFTW01\"");
    }

    @Test
    void refusesOneFlippedBit() throws Exception {
        byte[] other = file.clone();
        other[file.length - 1] ^= 1;
        WeightsReader reader = WeightsReader.open(new ByteArrayInputStream(other), sha256(file), other.length);
        assertThatIOException()
                .isThrownBy(() -> readAll(reader))
                .withMessageContaining(sha256(other))
                .withMessageContaining(sha256(file))
                .withMessageContaining("does not belong to this class");
    }

    @Test
    void namesAMissingFileAndAMissingResource() {
        assertThatIOException()
                .isThrownBy(() -> WeightsReader.open(folder.resolve("none.weights"), sha256(file), 8))
                .withMessageContaining("none.weights");
        assertThatIOException()
                .isThrownBy(() -> WeightsReader.openResource(WeightsReaderTest.class, "no.weights", sha256(file), 8))
                .withMessageContaining("'no.weights' of " + WeightsReaderTest.class.getName());
    }

    @Test
    void noticesAClassThatAsksForMoreOrLessThanItsFileHolds() throws Exception {
        byte[] small = Arrays.copyOf(file, 16);
        WeightsReader reader = WeightsReader.open(new ByteArrayInputStream(small), sha256(small), 16);
        assertThatIllegalStateException()
                .isThrownBy(() -> reader.read(new float[3]))
                .withMessageContaining("only 8 of the 16 bytes");
        assertThatIllegalStateException().isThrownBy(reader::finish).withMessageContaining("only 8 of the 16 bytes");
    }

    @Test
    void refusesArgumentsNoCompilerWrites() {
        InputStream in = new ByteArrayInputStream(file);
        assertThatIllegalArgumentException().isThrownBy(() -> WeightsReader.open(in, "abc", file.length));
        assertThatIllegalArgumentException().isThrownBy(() -> WeightsReader.open(in, sha256(file), 7));
    }

    @Test
    void refusesAnotherApiLevel() {
        ApiLevel.require(ModelDescription.API_LEVEL, "a.B");
        assertThatIllegalStateException()
                .isThrownBy(() -> ApiLevel.require(ModelDescription.API_LEVEL + 1, "a.B"))
                .withMessageContaining("a.B was compiled for API level 2")
                .withMessageContaining("put the deepliftc-runtime-core that belongs to its compiler");
        assertThatIllegalStateException()
                .isThrownBy(() -> ApiLevel.require(ModelDescription.API_LEVEL - 1, "a.B"))
                .withMessageContaining("compile the model again");
    }

    private void readAll(WeightsReader reader) throws IOException {
        float[] readFloats = new float[FLOATS];
        double[] readDoubles = new double[DOUBLES];
        int[] readInts = new int[INTS];
        reader.read(readFloats);
        reader.read(readDoubles);
        reader.read(readInts);
        reader.finish();
        assertThat(readFloats).isEqualTo(floats);
        assertThat(readDoubles).isEqualTo(doubles);
        assertThat(readInts).containsExactly(Integer.MIN_VALUE, -1, 7);
    }

    private byte[] write() {
        Random random = new Random(20170410);
        ByteBuffer out =
                ByteBuffer.allocate(8 + 4 * FLOATS + 8 * DOUBLES + 4 * INTS).order(ByteOrder.LITTLE_ENDIAN);
        out.put("DLIFTW01".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < FLOATS; i++) {
            floats[i] = i == 5 ? Float.NaN : random.nextFloat() - 0.5f;
            out.putFloat(floats[i]);
        }
        for (int i = 0; i < DOUBLES; i++) {
            doubles[i] = random.nextGaussian();
            out.putDouble(doubles[i]);
        }
        out.putInt(Integer.MIN_VALUE).putInt(-1).putInt(7);
        return out.array();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
