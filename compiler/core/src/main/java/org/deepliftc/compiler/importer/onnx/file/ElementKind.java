package org.deepliftc.compiler.importer.onnx.file;

import java.util.Locale;
import java.util.Optional;

/** The element types of ONNX that tensors are read in, with their numbers in {@code TensorProto.DataType}. */
public enum ElementKind {
    FLOAT(1, 4),
    UINT8(2, 1),
    INT8(3, 1),
    UINT16(4, 2),
    INT16(5, 2),
    INT32(6, 4),
    INT64(7, 8),
    BOOL(9, 1),
    FLOAT16(10, 2),
    DOUBLE(11, 8),
    UINT32(12, 4),
    UINT64(13, 8),
    BFLOAT16(16, 2);

    private final int number;
    private final int bytes;

    ElementKind(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** The bytes of one element in {@code raw_data}. */
    int bytes() {
        return bytes;
    }

    public boolean isReal() {
        return switch (this) {
            case FLOAT, FLOAT16, DOUBLE, BFLOAT16 -> true;
            case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> false;
        };
    }

    /** As messages write it: {@code int64}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ElementKind> of(long number) {
        for (ElementKind kind : values()) {
            if (kind.number == number) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
