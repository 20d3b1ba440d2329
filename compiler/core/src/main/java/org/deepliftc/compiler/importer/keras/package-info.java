/**
 * Models of Keras to models of the compiler.
 *
 * <p>Input: a {@code .keras} or {@code .h5} file. Output: {@link org.deepliftc.compiler.importer.Imported}. Invariant: a
 * value is kept in Keras's order of axes or with its channels moved to the front, never in any third one, and inputs and
 * outputs have Keras's.
 */
package org.deepliftc.compiler.importer.keras;
