/**
 * The command line: one class per verb, thin over {@code org.deepliftc.compiler.driver}.
 *
 * <p>Input: arguments. Output: files, text on the {@link org.deepliftc.cli.terminal.Console}, and an exit code: 0 done, 1
 * the input is wrong, 2 wrong usage, 3 a defect of deepliftc. Invariant: an output file appears whole
 * or not at all, and a stack trace is printed only where {@code --debug} asks for it.
 */
package org.deepliftc.cli;
