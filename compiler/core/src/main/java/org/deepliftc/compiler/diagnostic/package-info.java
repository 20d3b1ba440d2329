/**
 * Problems of the user's models and requests: as data while a phase collects them, as text at the end.
 *
 * <p>Input: what the phases found, each with its place. Output: readable text. Invariant: nothing here depends on
 * another package of the compiler.
 */
package org.deepliftc.compiler.diagnostic;
