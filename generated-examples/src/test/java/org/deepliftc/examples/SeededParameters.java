package org.deepliftc.examples;

import java.util.Map;
import org.deepliftc.data.DataArray;

/** Random parameters of one layer that are the same on every machine. */
public interface SeededParameters {
    /** Adds its tensors under its names. */
    void addTo(Map<String, DataArray> tensors);
}
