package org.deepliftc.compiler.importer.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/**
 * One message, field by field: {@link #next()}, then exactly one read or {@link #skip()}.
 *
 * <p>Every length is compared with the bytes left in the enclosing message before anything is allocated or skipped, and
 * messages nest only so deep, so that a hostile file costs no more than its own size.
 */
public final class WireReader {
    private static final int DEEPEST = 64;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer bytes;
    private final int depth;
    private int field;
    private int wireType;

    private WireReader(ByteBuffer bytes, int depth) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.depth = depth;
    }

    /** A reader of the message that fills {@code bytes}, whose position does not move. */
    public static WireReader of(ByteBuffer bytes) {
        return new WireReader(bytes, 0);
    }

    /** Moves to the next field. @return false at the end of the message */
    public boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 3 > 0x1fff_ffffL) {
            throw new WireFormatException("a field has the number " + (tag >>> 3));
        }
        return true;
    }

    /** A view of all that has not been read yet. */
    public ByteBuffer rest() {
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of the field at hand. */
    public int field() {
        return field;
    }

    /** An integer. */
    public long integer() {
        require(VARINT);
        return varint();
    }

    /** A string, which is UTF-8. */
    public String text() {
        ByteBuffer content = delimited();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content).toString();
        } catch (CharacterCodingException e) {
            throw new WireFormatException("field " + field + " is no UTF-8 text");
        }
    }

    /** The bytes of a field, as a view of the file. */
    public ByteBuffer bytes() {
        return delimited();
    }

    /** A nested message. */
    public WireReader message() {
        if (depth >= DEEPEST) {
            throw new WireFormatException("messages nest more than " + DEEPEST + " levels deep");
        }
        return new WireReader(delimited(), depth + 1);
    }

    /** A float. */
    public float real() {
        require(FIXED_32);
        need(Float.BYTES);
        return bytes.getFloat();
    }

    /** Integers of a repeated field: packed into one, or the one at hand. */
    public void integers(LongConsumer into) {
        if (wireType == VARINT) {
            into.accept(varint());
            return;
        }
        WireReader packed = new WireReader(delimited(), depth);
        while (packed.bytes.hasRemaining()) {
            into.accept(packed.varint());
        }
    }

    /** Floats of a repeated field, packed or not. */
    public void floats(DoubleConsumer into) {
        if (wireType == FIXED_32) {
            into.accept(real());
            return;
        }
        ByteBuffer packed = whole(Float.BYTES);
        while (packed.hasRemaining()) {
            into.accept(packed.getFloat());
        }
    }

    /** Doubles of a repeated field, packed or not. */
    public void doubles(DoubleConsumer into) {
        if (wireType == FIXED_64) {
            need(Double.BYTES);
            into.accept(bytes.getDouble());
            return;
        }
        ByteBuffer packed = whole(Double.BYTES);
        while (packed.hasRemaining()) {
            into.accept(packed.getDouble());
        }
    }

    private ByteBuffer whole(int size) {
        ByteBuffer packed = delimited();
        if (packed.remaining() % size != 0) {
            throw new WireFormatException(
                    "field " + field + " packs " + packed.remaining() + " bytes, which are no whole number of values");
        }
        return packed;
    }

    /** Passes over the field at hand. */
    public void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> pass(Long.BYTES);
            case LENGTH_DELIMITED -> delimited();
            case FIXED_32 -> pass(Integer.BYTES);
            default -> throw new WireFormatException("field " + field + " has the unknown wire type " + wireType);
        }
    }

    private void pass(int count) {
        need(count);
        bytes.position(bytes.position() + count);
    }

    private ByteBuffer delimited() {
        require(LENGTH_DELIMITED);
        long length = varint();
        if (length < 0 || length > bytes.remaining()) {
            throw new WireFormatException("field " + field + " claims " + Long.toUnsignedString(length)
                    + " bytes where " + bytes.remaining() + " are left");
        }
        ByteBuffer content = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) length);
        return content;
    }

    private void require(int wanted) {
        if (wireType != wanted) {
            throw new WireFormatException(
                    "field " + field + " has wire type " + wireType + " where " + wanted + " belongs");
        }
    }

    private void need(int count) {
        if (bytes.remaining() < count) {
            throw new WireFormatException("the bytes end inside field " + field);
        }
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            need(1);
            byte next = bytes.get();
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        throw new WireFormatException("an integer has more than " + LONGEST_VARINT + " bytes");
    }
}
