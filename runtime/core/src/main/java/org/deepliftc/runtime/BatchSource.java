package org.deepliftc.runtime;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Supplies the batches of a stream, one after another. Only ever called by the thread that started the run. */
@FunctionalInterface
public interface BatchSource {

    /**
     * The next batch, with the arrays its results go to, or empty at the end; it is not asked again then. A batch and
     * its arrays may be used again once the sink has returned from it.
     */
    Optional<Batch> next() throws IOException;

    /** The rows of all batches together, where known before they are read; for {@link Progress}. */
    default OptionalLong totalRows() {
        return OptionalLong.empty();
    }
}
