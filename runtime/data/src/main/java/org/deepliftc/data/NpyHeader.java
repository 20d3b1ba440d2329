package org.deepliftc.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The header of an npy array: what its bytes mean. {@code bytes} is the header's own length, magic included. */
record NpyHeader(DType type, ByteOrder order, boolean fortran, int[] shape, int count, int bytes) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Headers are some 100 bytes long; only arrays of records, which we do not read, have long ones. */
    private static final int MAX_LENGTH = 1 << 20;

    private static final String SAVE_AGAIN = "save the array again with numpy.save";

    /** Reads a header of format version 1, 2 or 3 and leaves the stream at the first element. */
    static NpyHeader read(InputStream in, Origin origin) throws IOException {
        byte[] start = in.readNBytes(8);
        if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
            throw origin.error("it is no npy array: it does not start with \\x93NUMPY", SAVE_AGAIN);
        }
        if (start[6] < 1 || start[6] > 3 || start[7] != 0) {
            throw origin.error(
                    "npy format version " + (start[6] & 0xff) + "." + (start[7] & 0xff) + " is unknown", SAVE_AGAIN);
        }
        byte[] sized = in.readNBytes(start[6] == 1 ? 2 : 4);
        long length = 0;
        for (int i = sized.length - 1; i >= 0; i--) {
            length = length << 8 | sized[i] & 0xff;
        }
        if (length > MAX_LENGTH) {
            throw origin.error("the npy header claims " + length + " bytes, more than any plain array has", SAVE_AGAIN);
        }
        byte[] text = in.readNBytes((int) length);
        if (sized.length < (start[6] == 1 ? 2 : 4) || text.length < length) {
            throw origin.error("the file ends inside the npy header", SAVE_AGAIN);
        }
        NpyDictionary dictionary = NpyDictionary.parse(
                new String(text, start[6] == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), origin);
        return of(dictionary, 8 + sized.length + text.length, origin);
    }

    private static NpyHeader of(NpyDictionary dictionary, int bytes, Origin origin) throws DataFormatException {
        String descr = dictionary.descr();
        char order = descr.isEmpty() ? 0 : descr.charAt(0);
        boolean ordered = order == '<' || order == '>' || order == '|' || order == '=';
        String code = ordered ? descr.substring(1) : descr;
        DType type = typeOf(code, descr, origin);
        if (!ordered || order == '=' && type.bytes() > 1 || order == '|' && type.bytes() > 1) {
            throw origin.error("the element type '" + descr + "' does not say its byte order", SAVE_AGAIN);
        }
        return new NpyHeader(
                type,
                order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                dictionary.fortran(),
                Shapes.toInts(checked(dictionary.shape(), origin)),
                Shapes.count(dictionary.shape(), origin),
                bytes);
    }

    private static long[] checked(long[] shape, Origin origin) throws DataFormatException {
        Shapes.count(shape, origin);
        return shape;
    }

    private static DType typeOf(String code, String descr, Origin origin) throws DataFormatException {
        switch (code) {
            case "f2":
                return DType.F16;
            case "f4":
                return DType.F32;
            case "f8":
                return DType.F64;
            case "i1":
                return DType.I8;
            case "u1":
                return DType.U8;
            case "i2":
                return DType.I16;
            case "u2":
                return DType.U16;
            case "i4":
                return DType.I32;
            case "u4":
                return DType.U32;
            case "i8":
                return DType.I64;
            case "b1":
                return DType.BOOL;
            case "O":
                throw origin.error(
                        "it holds Python objects, which only Python can load",
                        "save numbers: numpy.save(..., array.astype(numpy.float32))");
            default:
                throw origin.error(
                        "elements of type '" + descr + "' are no numbers we read",
                        "convert them, for instance with array.astype(numpy.float32)");
        }
    }

    /** The header numpy writes, padded so that the elements start at a multiple of 64. */
    static byte[] bytesFor(DType type, int[] shape) {
        StringBuilder text = new StringBuilder("{'descr': '" + descrOf(type) + "', 'fortran_order': False, 'shape': (");
        for (int i = 0; i < shape.length; i++) {
            text.append(i == 0 ? "" : " ").append(shape[i]).append(i < shape.length - 1 || i == 0 ? "," : "");
        }
        text.append("), }");
        while ((10 + text.length() + 1) % 64 != 0) {
            text.append(' ');
        }
        text.append('\n');
        byte[] result = new byte[10 + text.length()];
        System.arraycopy(MAGIC, 0, result, 0, 6);
        result[6] = 1;
        result[8] = (byte) text.length();
        result[9] = (byte) (text.length() >> 8);
        System.arraycopy(text.toString().getBytes(StandardCharsets.ISO_8859_1), 0, result, 10, text.length());
        return result;
    }

    private static String descrOf(DType type) {
        return switch (type) {
            case F16 -> "<f2";
            case BF16 -> throw new IllegalArgumentException("npy knows no bfloat16; write it as float32");
            case F32 -> "<f4";
            case F64 -> "<f8";
            case I8 -> "|i1";
            case U8 -> "|u1";
            case I16 -> "<i2";
            case U16 -> "<u2";
            case I32 -> "<i4";
            case U32 -> "<u4";
            case I64 -> "<i8";
            case BOOL -> "|b1";
        };
    }
}
