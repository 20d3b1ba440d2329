/**
 * Reads and writes the files that models, inputs, references and results live in.
 *
 * <p>In: npy, npz, safetensors and csv files, whatever they hold. Out: {@link org.deepliftc.data.DataArray}s, always in
 * C order. Invariant: a size that a file claims is checked against the bytes that are really there before memory is
 * taken, and whatever is wrong with a file ends in a {@link org.deepliftc.data.DataFormatException} naming file,
 * entry, problem and remedy. Files are written whole or not at all ({@link org.deepliftc.data.AtomicFiles}), the same
 * content always as the same bytes.
 */
package org.deepliftc.data;
