package org.deepliftc.compiler.importer.onnx.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.deepliftc.compiler.importer.protobuf.WireFormatException;
import org.deepliftc.compiler.importer.protobuf.WireReader;
import org.deepliftc.data.HalfFloat;

/** Tensors of a file: raw bytes, typed fields, or bytes in a file beside the model. */
final class TensorReader {
    private static final String REMEDY = "copy or export the model again";
    private static final long EXTERNAL = 1;

    private final ExternalFiles external;

    TensorReader(ExternalFiles external) {
        this.external = external;
    }

    /** What a TensorProto says before its numbers are looked at. */
    private static final class Header {
        private final List<Long> dims = new ArrayList<>();
        private final Map<String, String> external = new HashMap<>();
        private String name = "";
        private long type;
        private long location;
        private ByteBuffer raw;
    }

    /** Reads all but the numbers, which stay in the file until they are asked for. */
    StoredTensor tensor(WireReader message) {
        Header header = new Header();
        ByteBuffer whole = message.rest();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> message.integers(header.dims::add);
                case 2 -> header.type = message.integer();
                case 8 -> header.name = message.text();
                case 9 -> header.raw = message.bytes();
                case 13 -> entry(message.message(), header.external);
                case 14 -> header.location = message.integer();
                default -> message.skip();
            }
        }
        ElementKind kind = ElementKind.of(header.type)
                .orElseThrow(() -> wrong(header, "has elements of type " + header.type + ", which is not read here"));
        List<Integer> dims = dims(header, kind);
        return new StoredTensor(
                header.name, dims, () -> new Tensor(dims, kind, values(header, kind, size(dims), whole)));
    }

    private static void entry(WireReader message, Map<String, String> entries) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> key = message.text();
                case 2 -> value = message.text();
                default -> message.skip();
            }
        }
        entries.put(key, value);
    }

    /** Checks the extents before anything is made of their product. */
    private static List<Integer> dims(Header header, ElementKind kind) {
        List<Integer> dims = new ArrayList<>();
        long size = 1;
        for (long dim : header.dims) {
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw wrong(header, "has an extent of " + dim);
            }
            size *= dim;
            if (size > Integer.MAX_VALUE - 64) {
                throw wrong(header, "has more than 2^31 elements");
            }
            dims.add((int) dim);
        }
        if (header.raw != null && header.raw.remaining() != size * kind.bytes()) {
            throw wrong(
                    header,
                    "is " + kind.spelling() + dims + ", but holds " + header.raw.remaining() + " bytes instead of "
                            + size * kind.bytes());
        }
        return dims;
    }

    private static int size(List<Integer> dims) {
        int size = 1;
        for (int dim : dims) {
            size *= dim;
        }
        return size;
    }

    private double[] values(Header header, ElementKind kind, int size, ByteBuffer whole) {
        if (header.location == EXTERNAL) {
            ByteBuffer bytes = external.read(header.name, header.external, (long) size * kind.bytes());
            return decode(kind, bytes, size);
        }
        if (header.raw != null) {
            return decode(kind, header.raw.duplicate(), size);
        }
        try {
            return typed(header, kind, size, WireReader.of(whole));
        } catch (WireFormatException e) {
            throw wrong(header, "cannot be read: " + e.getMessage());
        }
    }

    /** Numbers in the field of their type; as many of them as there are extents for, in bytes that are there. */
    private static double[] typed(Header header, ElementKind kind, int size, WireReader message) {
        Collector numbers = new Collector(header, size);
        while (message.next()) {
            switch (message.field()) {
                case 4 -> message.floats(numbers);
                case 5, 7, 11 -> message.integers(value -> numbers.accept(converted(kind, value)));
                case 10 -> message.doubles(numbers);
                default -> message.skip();
            }
        }
        return numbers.all();
    }

    /** 16-bit floats stand in the integer field by their bits. */
    private static double converted(ElementKind kind, long value) {
        return switch (kind) {
            case FLOAT16 -> HalfFloat.fromF16((short) value);
            case BFLOAT16 -> HalfFloat.fromBf16((short) value);
            case UINT64 -> unsigned(value);
            default -> value;
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }

    private static double[] decode(ElementKind kind, ByteBuffer bytes, int size) {
        ByteBuffer from = bytes.order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = switch (kind) {
                case FLOAT -> from.getFloat();
                case DOUBLE -> from.getDouble();
                case FLOAT16 -> HalfFloat.fromF16(from.getShort());
                case BFLOAT16 -> HalfFloat.fromBf16(from.getShort());
                case INT8 -> from.get();
                case UINT8 -> from.get() & 0xff;
                case BOOL -> from.get() != 0 ? 1 : 0;
                case INT16 -> from.getShort();
                case UINT16 -> from.getShort() & 0xffff;
                case INT32 -> from.getInt();
                case UINT32 -> from.getInt() & 0xffff_ffffL;
                case INT64 -> from.getLong();
                case UINT64 -> unsigned(from.getLong());
            };
        }
        return values;
    }

    private static OnnxFileException wrong(Header header, String what) {
        return new OnnxFileException("tensor '" + header.name + "' " + what, REMEDY);
    }

    /** Grows with what is read, never with what is claimed. */
    private static final class Collector implements DoubleConsumer {
        private final Header header;
        private final int expected;
        private double[] values;
        private int count;

        Collector(Header header, int expected) {
            this.header = header;
            this.expected = expected;
            this.values = new double[Math.min(expected, 1024)];
        }

        @Override
        public void accept(double value) {
            if (count == expected) {
                throw wrong(header, "holds more than the " + expected + " values of its extents");
            }
            if (count == values.length) {
                values = java.util.Arrays.copyOf(values, (int) Math.min(expected, 2L * count));
            }
            values[count++] = value;
        }

        double[] all() {
            if (count != expected) {
                throw wrong(header, "holds " + count + " values where its extents need " + expected);
            }
            return values;
        }
    }
}
