package org.deepliftc.compiler.emit.java;

import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Kind;
import org.deepliftc.runtime.ModelDescription.ElementType;

/** The Java types of kinds and buffers. */
final class JavaTypes {
    private JavaTypes() {}

    static Class<?> element(Kind kind, ElementType type) {
        if (kind == Kind.INT) {
            return int.class;
        }
        return type == ElementType.FLOAT ? float.class : double.class;
    }

    static Class<?> array(Buffer buffer, ElementType type) {
        return array(buffer.kind(), type);
    }

    static Class<?> array(Kind kind, ElementType type) {
        return element(kind, type).arrayType();
    }

    static int bytes(Kind kind, ElementType type) {
        return kind == Kind.REAL && type == ElementType.DOUBLE ? Double.BYTES : Float.BYTES;
    }
}
