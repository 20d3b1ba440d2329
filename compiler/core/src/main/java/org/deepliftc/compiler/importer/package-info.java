/**
 * Trained models in other tools' formats to checked models of the compiler.
 *
 * <p>Input: a file nobody vouches for. Output: a {@link org.deepliftc.compiler.graph.Model} as the language gives it, or
 * every problem of the file as diagnostics. Invariant: no size is trusted before it has been compared with the bytes
 * that are there, and what cannot be expressed exactly is an error that names the operator.
 */
package org.deepliftc.compiler.importer;
