package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;

/**
 * A constant and how it lies in memory. The weights file holds the logical order; loading moves it.
 *
 * @param packing where the elements lie in the buffer; absent where they lie as they do in the file
 */
public record ConstantBuffer(Buffer buffer, ConstantData data, Optional<Packing> packing) {

    /** Where the elements lie, said in full. */
    public Packing layout() {
        return packing.orElseGet(() -> new Packing(List.of(Packing.Axis.plain(data.size(), 1)), data.size()));
    }
}
