package org.deepliftc.compiler.importer.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A message in protobuf's wire format, field after field. Nested messages are not copied until the end. */
public final class ProtobufMessage {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final List<byte[]> parts = new ArrayList<>();
    private int size;

    /** An integer. */
    public ProtobufMessage integer(int field, long value) {
        add(varint(tag(field, VARINT)));
        return add(varint(value));
    }

    /** A repeated field of integers, not packed: readers have to accept both forms. */
    public ProtobufMessage integers(int field, List<? extends Number> values) {
        values.forEach(value -> integer(field, value.longValue()));
        return this;
    }

    /** A float. */
    public ProtobufMessage real(int field, float value) {
        add(varint(tag(field, FIXED_32)));
        return add(java.nio.ByteBuffer.allocate(Float.BYTES)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    public ProtobufMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes {@code value} over: the caller must not change it afterwards. */
    public ProtobufMessage bytes(int field, byte[] value) {
        add(varint(tag(field, LENGTH_DELIMITED)));
        add(varint(value.length));
        return add(value);
    }

    public ProtobufMessage message(int field, ProtobufMessage value) {
        add(varint(tag(field, LENGTH_DELIMITED)));
        add(varint(value.size));
        value.parts.forEach(this::add);
        return this;
    }

    public byte[] toByteArray() {
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private ProtobufMessage add(byte[] part) {
        parts.add(part);
        size = Math.addExact(size, part.length);
        return this;
    }

    private static long tag(int field, int wireType) {
        return (long) field << 3 | wireType;
    }

    /** Seven bits a byte, lowest first; all but the last have the eighth bit set. */
    private static byte[] varint(long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return bytes.toByteArray();
    }
}
