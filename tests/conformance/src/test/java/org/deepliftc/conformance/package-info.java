/**
 * Replays cases with known contributions.
 *
 * <p>Input: the folders of {@code cases/}, each with a model ({@code .dlift}, and {@code graph.txt} as it was exported),
 * weights, inputs, references and, by method key, the contributions that an independent float64 implementation of the
 * paper's rules computed. Invariant: a key that is neither replayed nor listed as not yet supported fails the tests.
 */
package org.deepliftc.conformance;
