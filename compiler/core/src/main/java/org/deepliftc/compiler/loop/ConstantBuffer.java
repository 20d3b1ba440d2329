package org.deepliftc.compiler.loop;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;

/**
 * A constant and how it lies in memory. The weights file holds the logical order; loading permutes it.
 *
 * @param packing where present, axis k of the packed array is axis {@code packing[k]} of the logical one
 */
public record ConstantBuffer(Buffer buffer, ConstantData data, Optional<List<Integer>> packing) {}
