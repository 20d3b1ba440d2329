package org.deepliftc.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * Reads the weights file of one generated class: {@value #MAGIC} as eight ASCII bytes, then the elements of all
 * constants, raw and little-endian, in the order in which the class reads them. The file describes nothing: the class
 * knows its length and its SHA-256 digest, and {@link #finish()} compares both, so that weights of another compilation
 * are never used.
 *
 * <pre>{@code
 * try (WeightsReader reader = WeightsReader.open(Path.of("Digits.weights"), "9f86d0...", 4_008)) {
 *     reader.read(kernel);     // float[1000]
 *     reader.finish();
 * }
 * }</pre>
 *
 * <p>Nothing is allocated but one buffer, whatever the file claims to be.
 */
public final class WeightsReader implements AutoCloseable {

    /** The first eight bytes of every weights file. */
    public static final String MAGIC = "DLIFTW01";

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final boolean owned;
    private final String name;
    private final byte[] expectedDigest;
    private final long expectedBytes;
    private final MessageDigest digest = sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long position;

    private WeightsReader(InputStream in, boolean owned, String name, String expectedSha256Hex, long expectedBytes) {
        this.in = in;
        this.owned = owned;
        this.name = name;
        this.expectedDigest = parseDigest(expectedSha256Hex);
        if (expectedBytes < MAGIC.length()) {
            throw new IllegalArgumentException(
                    "a weights file has at least " + MAGIC.length() + " bytes, not " + expectedBytes);
        }
        this.expectedBytes = expectedBytes;
    }

    /**
     * Reads from a stream, which stays the caller's to close.
     *
     * @param expectedSha256Hex the digest of the whole file, 64 hexadecimal digits
     * @param expectedBytes the length of the whole file, magic included
     * @throws IOException if this is no weights file
     */
    public static WeightsReader open(InputStream in, String expectedSha256Hex, long expectedBytes) throws IOException {
        Objects.requireNonNull(in, "in");
        return new WeightsReader(in, false, "the weights stream", expectedSha256Hex, expectedBytes).readMagic();
    }

    /**
     * Reads from a file, whose length is checked before anything is read.
     *
     * @param expectedSha256Hex the digest of the whole file, 64 hexadecimal digits
     * @param expectedBytes the length of the whole file, magic included
     * @throws IOException if the file cannot be read, has another length or is no weights file
     */
    public static WeightsReader open(Path file, String expectedSha256Hex, long expectedBytes) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no weights file " + file
                    + "; put the file that was written with the class there, or compile the model again");
        }
        long foundBytes = Files.size(file);
        InputStream in = Channels.newInputStream(FileChannel.open(file, StandardOpenOption.READ));
        return openOwned(in, foundBytes, file.toString(), expectedSha256Hex, expectedBytes);
    }

    /**
     * Reads the resource that lies beside a class.
     *
     * @param resource relative to the package of {@code owner}, or absolute with a leading slash
     * @param expectedSha256Hex the digest of the whole file, 64 hexadecimal digits
     * @param expectedBytes the length of the whole file, magic included
     * @throws IOException if there is no such resource, or it is no weights file
     */
    public static WeightsReader openResource(
            Class<?> owner, String resource, String expectedSha256Hex, long expectedBytes) throws IOException {
        InputStream in = owner.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("the weights '" + resource + "' of " + owner.getName()
                    + " are not on the class path; put the file the compiler wrote into the package folder of the"
                    + " class, or load the class from a path");
        }
        return openOwned(in, -1, "resource '" + resource + "'", expectedSha256Hex, expectedBytes);
    }

    private static WeightsReader openOwned(
            InputStream in, long foundBytes, String name, String expectedSha256Hex, long expectedBytes)
            throws IOException {
        try {
            WeightsReader reader = new WeightsReader(in, true, name, expectedSha256Hex, expectedBytes);
            if (foundBytes >= 0 && foundBytes != expectedBytes) {
                throw reader.foreign("it has " + bytes(foundBytes) + ", the class needs " + bytes(expectedBytes));
            }
            return reader.readMagic();
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** Fills {@code target} with the next elements. */
    public void read(float[] target) throws IOException {
        require(target.length, Float.BYTES);
        for (int done = 0; done < target.length; ) {
            int count = fill(target.length - done, Float.BYTES);
            buffer.asFloatBuffer().get(target, done, count);
            done += count;
        }
    }

    /** Fills {@code target} with the next elements. */
    public void read(double[] target) throws IOException {
        require(target.length, Double.BYTES);
        for (int done = 0; done < target.length; ) {
            int count = fill(target.length - done, Double.BYTES);
            buffer.asDoubleBuffer().get(target, done, count);
            done += count;
        }
    }

    /** Fills {@code target} with the next elements. */
    public void read(int[] target) throws IOException {
        require(target.length, Integer.BYTES);
        for (int done = 0; done < target.length; ) {
            int count = fill(target.length - done, Integer.BYTES);
            buffer.asIntBuffer().get(target, done, count);
            done += count;
        }
    }

    /**
     * Ends reading; only now the arrays may be trusted.
     *
     * @throws IOException if the file goes on, or its digest is not the one of the class
     * @throws IllegalStateException if the class has not read all its weights
     */
    public void finish() throws IOException {
        if (position != expectedBytes) {
            throw new IllegalStateException(
                    "only " + position + " of the " + bytes(expectedBytes) + " of " + name + " were read");
        }
        if (in.read() != -1) {
            throw foreign("it goes on after the " + bytes(expectedBytes) + " the class needs");
        }
        byte[] found = digest.digest();
        if (!MessageDigest.isEqual(found, expectedDigest)) {
            HexFormat hex = HexFormat.of();
            throw foreign(
                    "its SHA-256 is " + hex.formatHex(found) + ", the class needs " + hex.formatHex(expectedDigest));
        }
    }

    /** Closes the file; a stream that was handed in stays open. */
    @Override
    public void close() throws IOException {
        if (owned) {
            in.close();
        }
    }

    private WeightsReader readMagic() throws IOException {
        byte[] expected = MAGIC.getBytes(StandardCharsets.US_ASCII);
        fill(expected.length, 1);
        byte[] found = Arrays.copyOf(buffer.array(), expected.length);
        if (!Arrays.equals(found, expected)) {
            throw new IOException(name + " is no weights file of deepliftc: it begins with the bytes "
                    + HexFormat.of().formatHex(found) + ", expected "
                    + HexFormat.of().formatHex(expected) + " (\""
                    + MAGIC + "\")");
        }
        return this;
    }

    private void require(int elements, int size) {
        if ((long) elements * size > expectedBytes - position) {
            throw new IllegalStateException(elements + " elements of " + size + " bytes are asked for, but only "
                    + (expectedBytes - position) + " of the " + bytes(expectedBytes) + " of " + name + " are left");
        }
    }

    /** Puts as many of the next elements into the buffer as fit, at most {@code elements}, and returns the number. */
    private int fill(int elements, int size) throws IOException {
        int wanted = (int) Math.min((long) elements * size, BUFFER_BYTES);
        int got = in.readNBytes(buffer.array(), 0, wanted);
        digest.update(buffer.array(), 0, got);
        position += got;
        if (got < wanted) {
            throw foreign("it ends after " + bytes(position) + ", the class needs " + bytes(expectedBytes));
        }
        buffer.position(0).limit(wanted);
        return wanted / size;
    }

    private IOException foreign(String reason) {
        return new IOException(name + " does not belong to this class: " + reason
                + "; put the weights file that was written with the class beside it, or compile the model again");
    }

    private static String bytes(long count) {
        return count + (count == 1 ? " byte" : " bytes");
    }

    private static byte[] parseDigest(String hex) {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a SHA-256 digest has 64 hexadecimal digits, not " + hex.length());
        }
        return HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256, which every platform must have", e);
        }
    }
}
