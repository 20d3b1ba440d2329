/**
 * Explanations and predictions into files and tables.
 *
 * <p>Input: the arrays of a finished run. Output: {@code .npz}, {@code .csv}, pictures and tables. Invariant: a file
 * appears whole or not at all, and whether it can be written is known before the long work begins.
 */
package org.deepliftc.cli.output;
