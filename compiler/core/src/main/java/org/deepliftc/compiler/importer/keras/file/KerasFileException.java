package org.deepliftc.compiler.importer.keras.file;

/** A file that is no model of Keras, or one that this version does not read. */
public final class KerasFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    public KerasFileException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    public KerasFileException(String message, String remedy, Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    /** What the user can do. */
    public String remedy() {
        return remedy;
    }
}
