package org.deepliftc.data;

/** The element type of an array as it stands in a file. */
public enum DType {
    F16("float16", 2, Storage.FLOATS),
    BF16("bfloat16", 2, Storage.FLOATS),
    F32("float32", 4, Storage.FLOATS),
    F64("float64", 8, Storage.DOUBLES),
    I8("int8", 1, Storage.BYTES),
    U8("uint8", 1, Storage.BYTES),
    I16("int16", 2, Storage.INTS),
    U16("uint16", 2, Storage.INTS),
    I32("int32", 4, Storage.INTS),
    U32("uint32", 4, Storage.LONGS),
    I64("int64", 8, Storage.LONGS),
    BOOL("bool", 1, Storage.BYTES);

    /** The Java array that holds elements of a type; each value of the type is exact in it. */
    enum Storage {
        BYTES(1),
        INTS(4),
        LONGS(8),
        FLOATS(4),
        DOUBLES(8);

        final int bytes;

        Storage(int bytes) {
            this.bytes = bytes;
        }
    }

    private final String label;
    private final int bytes;
    private final Storage storage;

    DType(String label, int bytes, Storage storage) {
        this.label = label;
        this.bytes = bytes;
        this.storage = storage;
    }

    /** The name people know the type by, as numpy prints it. */
    public String label() {
        return label;
    }

    /** Bytes of one element in a file. */
    public int bytes() {
        return bytes;
    }

    public boolean isFloating() {
        return storage == Storage.FLOATS || storage == Storage.DOUBLES;
    }

    Storage storage() {
        return storage;
    }
}
