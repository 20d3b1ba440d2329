package org.deepliftc.compiler.importer.onnx.file;

import java.util.List;

/** A tensor of the file, whose numbers are read when asked for. */
public final class StoredTensor {
    /** Reads the numbers. */
    @FunctionalInterface
    interface Content {
        Tensor read();
    }

    private final String name;
    private final List<Integer> dims;
    private final Content content;
    private Tensor read;

    StoredTensor(String name, List<Integer> dims, Content content) {
        this.name = name;
        this.dims = List.copyOf(dims);
        this.content = content;
    }

    public String name() {
        return name;
    }

    public List<Integer> dims() {
        return dims;
    }

    /**
     * The numbers, decoded once.
     *
     * @throws OnnxFileException where the file does not hold them
     */
    public Tensor tensor() {
        if (read == null) {
            read = content.read();
        }
        return read;
    }
}
