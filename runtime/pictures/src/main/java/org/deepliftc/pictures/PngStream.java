package org.deepliftc.pictures;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Encodes a 24-bit PNG row by row, so that a picture of any height needs little memory. */
final class PngStream implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int CHUNK_BYTES = 1 << 16;
    /** Each byte is stored as the difference from the row above, which deflates flat drawings best. */
    private static final int FILTER_UP = 2;

    private final DataOutputStream out;
    private final Deflater deflater = new Deflater();
    private final DeflaterOutputStream pixels;
    private byte[] above;
    private byte[] row;
    private final byte[] filtered;

    PngStream(OutputStream out, int width, int height, double pixelsPerInch) throws IOException {
        this.out = new DataOutputStream(out);
        this.above = new byte[3 * width];
        this.row = new byte[3 * width];
        this.filtered = new byte[3 * width + 1];
        this.pixels = new DeflaterOutputStream(new DataChunks(), deflater, CHUNK_BYTES);
        this.out.write(SIGNATURE);
        header(width, height);
        density(pixelsPerInch);
    }

    /** Appends one row of 0xRRGGBB pixels starting at {@code offset}. */
    void writeRow(int[] rgb, int offset) throws IOException {
        filtered[0] = FILTER_UP;
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (rgb[offset + i / 3] >> 16 - 8 * (i % 3));
            filtered[i + 1] = (byte) (row[i] - above[i]);
        }
        pixels.write(filtered);
        byte[] reused = above;
        above = row;
        row = reused;
    }

    /** Ends the file; the underlying stream stays open. */
    @Override
    public void close() throws IOException {
        try {
            pixels.close();
            chunk("IEND", new byte[0], 0);
            out.flush();
        } finally {
            deflater.end();
        }
    }

    private void header(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(width);
        data.writeInt(height);
        data.write(new byte[] {8, 2, 0, 0, 0});
        chunk("IHDR", bytes.toByteArray(), bytes.size());
    }

    private void density(double pixelsPerInch) throws IOException {
        int pixelsPerMetre = (int) Math.round(pixelsPerInch / 0.0254);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(pixelsPerMetre);
        data.writeInt(pixelsPerMetre);
        data.write(1);
        chunk("pHYs", bytes.toByteArray(), bytes.size());
    }

    private void chunk(String type, byte[] data, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data, 0, length);
        out.writeInt(length);
        out.write(name);
        out.write(data, 0, length);
        out.writeInt((int) checksum.getValue());
    }

    /** Wraps what the deflater hands over into chunks of image data. */
    private final class DataChunks extends OutputStream {
        private final byte[] buffer = new byte[CHUNK_BYTES];
        private int used;

        @Override
        public void write(int value) throws IOException {
            if (used == buffer.length) {
                emit();
            }
            buffer[used++] = (byte) value;
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(data[i]);
            }
        }

        @Override
        public void close() throws IOException {
            emit();
        }

        private void emit() throws IOException {
            if (used > 0) {
                chunk("IDAT", buffer, used);
                used = 0;
            }
        }
    }
}
