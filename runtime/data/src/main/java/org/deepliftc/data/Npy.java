package org.deepliftc.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads and writes single arrays in numpy's npy format, versions 1 to 3. */
public final class Npy {
    private static final int CHUNK = 1 << 18;

    private Npy() {}

    /** Reads a file that holds one array; Fortran order and big-endian elements are brought into C order. */
    public static DataArray read(Path file) throws IOException {
        try (FileChannel channel = SourceFile.open(file)) {
            return read(Channels.newInputStream(channel), channel.size(), true, Origin.of(file));
        }
    }

    /** Writes one array, in C order and little-endian. */
    public static void write(Path file, DataArray array) throws IOException {
        AtomicFiles.write(file, out -> write(out, array));
    }

    /**
     * Reads one array and requires the stream to end with it.
     *
     * @param available the bytes that can be there at most, header included
     * @param real whether those bytes are surely there, so that memory for them may be taken at once
     */
    static DataArray read(InputStream in, long available, boolean real, Origin origin) throws IOException {
        NpyHeader header = NpyHeader.read(in, origin);
        long needed = (long) header.count() * header.type().bytes();
        if (needed > available - header.bytes()) {
            throw truncated(header, available - header.bytes(), origin);
        }
        Object values = readElements(in, header, real, origin);
        if (in.read() >= 0) {
            throw origin.error(
                    "more bytes follow after the " + needed + " of the array " + Shapes.text(header.shape()),
                    "save each array in a file of its own, or all in one npz");
        }
        Object ordered = header.fortran() ? toCOrder(header, values, origin) : values;
        return new DataArray(header.type(), ordered, header.shape(), origin.toString());
    }

    private static Object readElements(InputStream in, NpyHeader header, boolean real, Origin origin)
            throws IOException {
        DType type = header.type();
        int count = header.count();
        byte[] bytes = new byte[(int) Math.min(CHUNK, (long) count * type.bytes())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
        int room = real ? count : Math.min(count, 1 << 20);
        Object values = Elements.allocate(type, room, origin);
        for (int done = 0; done < count; ) {
            int part = Math.min(bytes.length / type.bytes(), count - done);
            if (done + part > room) {
                room = (int) Math.min(count, 2L * room);
                values = Elements.grow(type, values, room, origin);
            }
            part = Math.min(part, room - done);
            int got = in.readNBytes(bytes, 0, part * type.bytes());
            if (got < part * type.bytes()) {
                throw truncated(header, (long) done * type.bytes() + got, origin);
            }
            buffer.clear();
            Elements.decode(type, buffer, values, done, part);
            done += part;
        }
        return values;
    }

    private static DataFormatException truncated(NpyHeader header, long got, Origin origin) {
        return origin.error(
                "the array " + header.type().label() + " " + Shapes.text(header.shape()) + " needs "
                        + (long) header.count() * header.type().bytes() + " bytes but at most " + Math.max(0, got)
                        + " are there",
                "copy or save the file again, it is cut off or damaged");
    }

    /** Fortran order of a shape is C order of the reversed shape: walk the output, step through the input. */
    private static Object toCOrder(NpyHeader header, Object values, Origin origin) throws DataFormatException {
        int[] shape = header.shape();
        if (shape.length < 2 || header.count() == 0) {
            return values;
        }
        int[] stride = new int[shape.length];
        stride[0] = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            stride[axis] = stride[axis - 1] * shape[axis - 1];
        }
        Object result = Elements.allocate(header.type(), header.count(), origin);
        int last = shape.length - 1;
        int[] index = new int[shape.length];
        int from = 0;
        for (int to = 0; to < header.count(); to += shape[last]) {
            Elements.copyStrided(header.type(), values, from, stride[last], result, to, shape[last]);
            int axis = last - 1;
            while (axis >= 0 && ++index[axis] == shape[axis]) {
                from -= (shape[axis] - 1) * stride[axis];
                index[axis--] = 0;
            }
            from += axis >= 0 ? stride[axis] : 0;
        }
        return result;
    }

    static void write(OutputStream out, DataArray array) throws IOException {
        out.write(NpyHeader.bytesFor(array.type(), array.shape()));
        writeElements(out, array);
    }

    /** Writes the elements alone, little-endian. */
    static void writeElements(OutputStream out, DataArray array) throws IOException {
        DType type = array.type();
        byte[] bytes = new byte[(int) Math.min(CHUNK, (long) array.size() * type.bytes())];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < array.size(); ) {
            int part = Math.min(bytes.length / type.bytes(), array.size() - done);
            buffer.clear();
            Elements.encode(type, array.values(), done, part, buffer);
            out.write(bytes, 0, part * type.bytes());
            done += part;
        }
    }
}
