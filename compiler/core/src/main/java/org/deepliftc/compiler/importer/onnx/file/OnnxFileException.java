package org.deepliftc.compiler.importer.onnx.file;

/** A file that is no ONNX model, or one whose parts do not fit together. */
public final class OnnxFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public OnnxFileException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
