package org.deepliftc.compiler.importer.protobuf;

/** Bytes that are no message: cut short, or never written by a protocol buffers library. */
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WireFormatException(String message) {
        super(message);
    }
}
