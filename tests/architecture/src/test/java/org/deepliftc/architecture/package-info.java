/**
 * Rules about the project as a whole, checked with every build.
 *
 * <p>Input: the compiled classes of every module and the files of the repository. Output: violations, each with the
 * class or file and line. Invariant: every rule is seen to fail on the deliberately wrong classes under {@code broken}.
 */
package org.deepliftc.architecture;
