/**
 * What a person at a terminal sees: where text goes, how an error is told from a defect, progress, aligned tables.
 *
 * <p>Input: text and numbers from the verbs. Output: standard output and standard error of the process, or the buffers of
 * a test. Invariant: nothing here reads {@code System.out} or {@code System.err} but {@link
 * org.deepliftc.cli.terminal.Console#ofProcess()}, so a whole command can run inside a test.
 */
package org.deepliftc.cli.terminal;
