/**
 * What a Keras file holds, before any of it means a network: its configuration as a tree, its weights as arrays with a
 * place.
 *
 * <p>Input: the bytes of a {@code .keras} archive or a legacy HDF5 file. Output: {@link
 * org.deepliftc.compiler.importer.keras.file.KerasFile}. Invariant: entries are inflated up to a limit, arrays are read
 * only where the network expects them in that shape, and no link out of the file is followed.
 */
package org.deepliftc.compiler.importer.keras.file;
