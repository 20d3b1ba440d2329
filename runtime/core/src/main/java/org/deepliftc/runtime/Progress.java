package org.deepliftc.runtime;

import java.util.OptionalLong;

/**
 * Hears how far a run is. Always called by the thread that started the run, a few times a second at most, and once
 * more with all rows when the run has succeeded.
 */
@FunctionalInterface
public interface Progress {

    /** Hears nothing. */
    Progress NONE = (done, total) -> {};

    /**
     * @param done rows finished so far; never falls
     * @param total rows of the whole run, where known
     */
    void rows(long done, OptionalLong total);
}
