package org.deepliftc.compiler.check;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.deepliftc.compiler.graph.Shape;

/** The tensors of one weights file. */
public interface WeightSource extends Closeable {

    /** The names of all tensors. */
    Collection<String> names();

    /**
     * The shape of a tensor, without reading its values.
     *
     * @throws IllegalArgumentException where the file describes a shape this compiler cannot hold
     * @throws IOException where the file does not hold what it describes
     */
    Shape shape(String name) throws IOException;

    /**
     * The values of a tensor, row-major; the caller owns the array.
     *
     * @throws IOException where the file does not hold what it describes
     */
    double[] read(String name) throws IOException;

    /** Opens weights files. */
    interface Opener {
        /** @throws IOException whose message tells a person what is wrong with the file */
        WeightSource open(Path file) throws IOException;
    }
}
