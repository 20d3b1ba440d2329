package org.deepliftc.data;

import java.nio.ByteBuffer;

/** Element storage: primitive arrays as {@link DType.Storage} names them, and their coding in bytes. */
final class Elements {
    /** The longest array that every JVM can make. */
    static final int MAX_COUNT = Integer.MAX_VALUE - 8;

    private Elements() {}

    /** Makes storage, or says in terms of the file that memory is too small. */
    static Object allocate(DType type, int count, Origin origin) throws DataFormatException {
        try {
            return make(type, count);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(type, count, origin);
        }
    }

    /** Lengthens storage to {@code count} elements. */
    static Object grow(DType type, Object values, int count, Origin origin) throws DataFormatException {
        Object grown = allocate(type, count, origin);
        System.arraycopy(values, 0, grown, 0, java.lang.reflect.Array.getLength(values));
        return grown;
    }

    static DataFormatException outOfMemory(DType type, long count, Origin origin) {
        long needed = (count * type.storage().bytes >> 20) + 1;
        long maximum = Runtime.getRuntime().maxMemory() >> 20;
        return origin.error(
                "needs " + needed + " MB of memory, which does not fit into the " + maximum + " MB this JVM may use",
                "raise the limit with -Xmx or split the file");
    }

    static Object make(DType type, int count) {
        return switch (type.storage()) {
            case BYTES -> new byte[count];
            case INTS -> new int[count];
            case LONGS -> new long[count];
            case FLOATS -> new float[count];
            case DOUBLES -> new double[count];
        };
    }

    /** Reads {@code count} elements in the buffer's byte order and moves its position past them. */
    static void decode(DType type, ByteBuffer from, Object to, int at, int count) {
        int end = at + count;
        switch (type) {
            case F32 -> from.asFloatBuffer().get((float[]) to, at, count);
            case F64 -> from.asDoubleBuffer().get((double[]) to, at, count);
            case I32 -> from.asIntBuffer().get((int[]) to, at, count);
            case I64 -> from.asLongBuffer().get((long[]) to, at, count);
            case I8, U8 -> from.duplicate().get((byte[]) to, at, count);
            case BOOL -> {
                byte[] values = (byte[]) to;
                for (int i = at; i < end; i++) {
                    values[i] = (byte) (from.get(from.position() + i - at) == 0 ? 0 : 1);
                }
            }
            default -> decodeWidened(type, from, to, at, count);
        }
        from.position(from.position() + count * type.bytes());
    }

    private static void decodeWidened(DType type, ByteBuffer from, Object to, int at, int count) {
        int base = from.position();
        for (int i = 0; i < count; i++) {
            switch (type) {
                case F16 -> ((float[]) to)[at + i] = HalfFloat.fromF16(from.getShort(base + 2 * i));
                case BF16 -> ((float[]) to)[at + i] = HalfFloat.fromBf16(from.getShort(base + 2 * i));
                case I16 -> ((int[]) to)[at + i] = from.getShort(base + 2 * i);
                case U16 -> ((int[]) to)[at + i] = from.getChar(base + 2 * i);
                case U32 -> ((long[]) to)[at + i] = from.getInt(base + 4 * i) & 0xffffffffL;
                default -> throw new IllegalArgumentException("no widening for " + type);
            }
        }
    }

    /** Writes {@code count} elements in the buffer's byte order and moves its position past them. */
    static void encode(DType type, Object from, int at, int count, ByteBuffer to) {
        switch (type) {
            case F32 -> to.asFloatBuffer().put((float[]) from, at, count);
            case F64 -> to.asDoubleBuffer().put((double[]) from, at, count);
            case I32 -> to.asIntBuffer().put((int[]) from, at, count);
            case I64 -> to.asLongBuffer().put((long[]) from, at, count);
            case I8, U8, BOOL -> to.duplicate().put((byte[]) from, at, count);
            default -> encodeNarrowed(type, from, at, count, to);
        }
        to.position(to.position() + count * type.bytes());
    }

    private static void encodeNarrowed(DType type, Object from, int at, int count, ByteBuffer to) {
        int base = to.position();
        for (int i = 0; i < count; i++) {
            switch (type) {
                case F16 -> to.putShort(base + 2 * i, HalfFloat.toF16(((float[]) from)[at + i]));
                case BF16 -> to.putShort(base + 2 * i, HalfFloat.toBf16(((float[]) from)[at + i]));
                case I16, U16 -> to.putShort(base + 2 * i, (short) ((int[]) from)[at + i]);
                case U32 -> to.putInt(base + 4 * i, (int) ((long[]) from)[at + i]);
                default -> throw new IllegalArgumentException("no narrowing for " + type);
            }
        }
    }

    /** Copies every {@code stride}-th element from {@code at} on into consecutive places. */
    static void copyStrided(DType type, Object from, int at, int stride, Object to, int toAt, int count) {
        switch (type.storage()) {
            case BYTES -> {
                for (int i = 0; i < count; i++) {
                    ((byte[]) to)[toAt + i] = ((byte[]) from)[at + i * stride];
                }
            }
            case INTS -> {
                for (int i = 0; i < count; i++) {
                    ((int[]) to)[toAt + i] = ((int[]) from)[at + i * stride];
                }
            }
            case LONGS -> {
                for (int i = 0; i < count; i++) {
                    ((long[]) to)[toAt + i] = ((long[]) from)[at + i * stride];
                }
            }
            case FLOATS -> {
                for (int i = 0; i < count; i++) {
                    ((float[]) to)[toAt + i] = ((float[]) from)[at + i * stride];
                }
            }
            case DOUBLES -> {
                for (int i = 0; i < count; i++) {
                    ((double[]) to)[toAt + i] = ((double[]) from)[at + i * stride];
                }
            }
        }
    }
}
