package org.deepliftc.compiler.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.data.Weights;

/** The tensors of a safetensors or npz file. */
final class StoredWeights implements WeightSource {
    private final Weights file;

    private StoredWeights(Weights file) {
        this.file = file;
    }

    static WeightSource open(Path path) throws IOException {
        return new StoredWeights(Weights.open(path));
    }

    @Override
    public Collection<String> names() {
        return file.names();
    }

    @Override
    public Shape shape(String name) throws IOException {
        return Shape.of(file.shape(name));
    }

    @Override
    public double[] read(String name) throws IOException {
        return file.read(name).toDoubles();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
