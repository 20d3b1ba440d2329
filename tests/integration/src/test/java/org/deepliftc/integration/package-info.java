/**
 * The product from end to end: files and flags in, files, messages and exit codes out.
 *
 * <p>Commands run inside the test's process, a few as a process of their own. Expected numbers are worked out by hand in
 * the tests.
 */
package org.deepliftc.integration;
