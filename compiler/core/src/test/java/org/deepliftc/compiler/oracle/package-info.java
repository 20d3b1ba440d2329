/**
 * Ways to know that an explanation is right: the paper's equations on plain arrays, and random networks to try them on.
 *
 * <p>Input: a forward graph of a model. Output: contributions computed without {@code derive}, the rules or a backend.
 * Invariant: nothing here uses code of the package {@code rule}.
 */
package org.deepliftc.compiler.oracle;
