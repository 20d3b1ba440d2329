package org.deepliftc.runtime;

import java.io.IOException;

/** Takes the finished batches of a stream, in the order of the source. Called by the thread that started the run. */
@FunctionalInterface
public interface BatchSink {

    /** Takes one batch whose result arrays are filled. The rows of the next ones are computed meanwhile. */
    void accept(Batch batch) throws IOException;
}
