package org.deepliftc.compiler.emit.java;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.loop.ConstantBuffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.runtime.ModelDescription.ElementType;
import org.deepliftc.runtime.WeightsReader;

/**
 * The weights file of a class: the magic, then the elements of all constants, little-endian, each constant in its
 * logical order.
 */
record WeightsFile(byte[] bytes) {

    /** Empty where there are no constants: such a class has no file. */
    static WeightsFile of(List<ConstantBuffer> constants, ElementType type) {
        if (constants.isEmpty()) {
            return new WeightsFile(new byte[0]);
        }
        byte[] magic = WeightsReader.MAGIC.getBytes(StandardCharsets.US_ASCII);
        long size = magic.length;
        for (ConstantBuffer constant : constants) {
            size += (long) constant.data().size()
                    * JavaTypes.bytes(constant.buffer().kind(), type);
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the weights take " + size + " bytes; one class can hold 2 GiB");
        }
        ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(magic);
        constants.forEach(constant -> put(constant, type, file));
        return new WeightsFile(file.array());
    }

    private static void put(ConstantBuffer constant, ElementType type, ByteBuffer file) {
        ConstantData data = constant.data();
        for (int i = 0; i < data.size(); i++) {
            if (constant.buffer().kind() == Kind.INT) {
                file.putInt((int) data.at(i));
            } else if (type == ElementType.FLOAT) {
                file.putFloat((float) data.at(i));
            } else {
                file.putDouble(data.at(i));
            }
        }
    }

    /** SHA-256 of the whole file in hexadecimal. */
    String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
