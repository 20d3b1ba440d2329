package org.deepliftc.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A safetensors file: each tensor is read straight from its place, in any order and from any thread. */
public final class Safetensors implements Weights {
    private static final long MAX_HEADER = 100_000_000;
    private static final int CHUNK = 1 << 18;
    private static final String REMEDY = "copy the file again, or save it again with the safetensors library";

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final List<String> names;

    private Safetensors(Path file, FileChannel channel, SafetensorsHeader header, long dataStart) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
        this.names = header.tensors().entrySet().stream()
                .sorted(Comparator.comparingLong(e -> e.getValue().begin()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Opens a file and checks its header against its size; tensors are read when asked for. */
    public static Safetensors open(Path file) throws IOException {
        FileChannel channel = SourceFile.open(file);
        try {
            Origin origin = Origin.of(file);
            long size = channel.size();
            if (size < 8) {
                throw origin.error("it has only " + size + " bytes, too few for a safetensors header", REMEDY);
            }
            long length = readFully(channel, ByteBuffer.allocate(8), 0, origin).getLong();
            if (length < 2 || length > MAX_HEADER || length > size - 8) {
                throw origin.error(
                        "the header claims " + Long.toUnsignedString(length) + " bytes, of a file of " + size, REMEDY);
            }
            String text = utf8(readFully(channel, ByteBuffer.wrap(bytes((int) length, origin)), 8, origin), origin);
            return new Safetensors(file, channel, SafetensorsHeader.parse(text, size - 8 - length, origin), 8 + length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static byte[] bytes(int length, Origin origin) throws DataFormatException {
        return (byte[]) Elements.allocate(DType.U8, length, origin);
    }

    private static String utf8(ByteBuffer bytes, Origin origin) throws DataFormatException {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.charAt(0) != '{') {
                throw origin.error("the header does not start with '{', so this is no safetensors file", REMEDY);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw origin.error("the header is not UTF-8 text", REMEDY, e);
        } catch (OutOfMemoryError e) {
            throw Elements.outOfMemory(DType.U8, bytes.capacity(), origin);
        }
    }

    private static ByteBuffer readFully(FileChannel channel, ByteBuffer to, long position, Origin origin)
            throws IOException {
        long at = position;
        while (to.hasRemaining()) {
            int got = channel.read(to, at);
            if (got < 0) {
                throw origin.error("the file became shorter while it was read", "do not write to it meanwhile");
            }
            at += got;
        }
        return to.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean contains(String name) {
        return header.tensors().containsKey(name);
    }

    /** The free texts of the header. */
    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    @Override
    public int[] shape(String name) throws IOException {
        return tensor(name).shape().clone();
    }

    @Override
    public DType type(String name) throws IOException {
        return tensor(name).type();
    }

    @Override
    public DataArray read(String name) throws IOException {
        SafetensorsHeader.Tensor tensor = tensor(name);
        Origin origin = Origin.of(file).entry(name);
        return new DataArray(tensor.type(), elements(tensor, origin), tensor.shape(), origin.toString());
    }

    /** Reads one tensor as floats; for a float16, bfloat16 or float32 tensor without any copy. */
    public float[] readFloats(String name) throws IOException {
        SafetensorsHeader.Tensor tensor = tensor(name);
        Object values = elements(tensor, Origin.of(file).entry(name));
        return values instanceof float[] floats
                ? floats
                : new DataArray(tensor.type(), values, tensor.shape(), name).toFloats();
    }

    private Object elements(SafetensorsHeader.Tensor tensor, Origin origin) throws IOException {
        DType type = tensor.type();
        Object values = Elements.allocate(type, tensor.count(), origin);
        byte[] chunk = new byte[(int) Math.min(CHUNK, tensor.end() - tensor.begin())];
        for (int done = 0; done < tensor.count(); ) {
            int part = Math.min(chunk.length / type.bytes(), tensor.count() - done);
            long position = dataStart + tensor.begin() + (long) done * type.bytes();
            ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, part * type.bytes());
            Elements.decode(type, readFully(channel, buffer, position, origin), values, done, part);
            done += part;
        }
        return values;
    }

    private SafetensorsHeader.Tensor tensor(String name) throws DataFormatException {
        SafetensorsHeader.Tensor tensor = header.tensors().get(name);
        if (tensor == null) {
            throw NearestName.unknown(Origin.of(file), "tensor", name, names);
        }
        return tensor;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Writes tensors sorted by name: the same tensors give the same bytes. */
    public static void write(Path file, Map<String, DataArray> tensors) throws IOException {
        write(file, tensors, Map.of());
    }

    /** Writes tensors and free texts, both sorted by name: the same content gives the same bytes. */
    public static void write(Path file, Map<String, DataArray> tensors, Map<String, String> metadata)
            throws IOException {
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw Origin.of(file)
                    .entry(SafetensorsHeader.METADATA)
                    .error("the format keeps this name", "rename the tensor");
        }
        Map<String, DataArray> sorted = new TreeMap<>(tensors);
        byte[] text = headerText(sorted, new TreeMap<>(metadata));
        AtomicFiles.write(file, out -> {
            // Spaces after the JSON text let the data start at a multiple of eight.
            int padded = (text.length + 7) / 8 * 8;
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(padded)
                    .array());
            out.write(text);
            out.write(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII));
            for (DataArray tensor : sorted.values()) {
                Npy.writeElements(out, tensor);
            }
        });
    }

    private static byte[] headerText(Map<String, DataArray> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(SafetensorsHeader.METADATA);
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                }
                json.writeEndObject();
            }
            long offset = 0;
            for (Map.Entry<String, DataArray> entry : tensors.entrySet()) {
                offset = writeTensor(json, entry.getKey(), entry.getValue(), offset);
            }
            json.writeEndObject();
        }
        return text.toByteArray();
    }

    private static long writeTensor(JsonGenerator json, String name, DataArray tensor, long begin) throws IOException {
        long end = begin + (long) tensor.size() * tensor.type().bytes();
        json.writeObjectFieldStart(name);
        json.writeStringField("dtype", tensor.type().name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.rank());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {begin, end}, 0, 2);
        json.writeEndObject();
        return end;
    }
}
