package org.deepliftc.compiler.jit;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads how many bytes of code each method of a class file has. */
final class MethodSizes {
    private final DataInputStream in;
    private final String[] texts;
    private final Map<String, Integer> sizes = new LinkedHashMap<>();

    private MethodSizes(byte[] classFile) throws IOException {
        in = new DataInputStream(new ByteArrayInputStream(classFile));
        in.skipNBytes(8);
        texts = new String[in.readUnsignedShort()];
        for (int i = 1; i < texts.length; i++) {
            i += constant(i);
        }
        in.skipNBytes(6);
        in.skipNBytes(2L * in.readUnsignedShort());
        members(false);
        members(true);
    }

    static Map<String, Integer> of(byte[] classFile) throws IOException {
        return new MethodSizes(classFile).sizes;
    }

    /** Reads one entry of the constant pool; returns 1 where it takes two places. */
    private int constant(int index) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case 1 -> texts[index] = in.readUTF();
            case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
            case 5, 6 -> in.skipNBytes(8);
            case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
            case 15 -> in.skipNBytes(3);
            default -> throw new IOException("constant of unknown kind " + tag);
        }
        return tag == 5 || tag == 6 ? 1 : 0;
    }

    private void members(boolean methods) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            in.skipNBytes(2);
            String name = texts[in.readUnsignedShort()];
            in.skipNBytes(2);
            int attributes = in.readUnsignedShort();
            for (int a = 0; a < attributes; a++) {
                String attribute = texts[in.readUnsignedShort()];
                byte[] content = in.readNBytes(in.readInt());
                if (methods && attribute.equals("Code")) {
                    sizes.merge(
                            name, new DataInputStream(new ByteArrayInputStream(content, 4, 4)).readInt(), Math::max);
                }
            }
        }
    }
}
