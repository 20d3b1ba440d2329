/**
 * Checked models as text of the language and a file of weights.
 *
 * <p>Input: a {@link org.deepliftc.compiler.graph.Model}, read from the language or imported. Output: a {@code .dlift} a
 * person wants to read, and its tensors by name. Invariant: parsing the text again gives a graph of the same digest;
 * what the language cannot say is an error that names the node.
 */
package org.deepliftc.compiler.print;
