/**
 * Measures a loaded class: rates, allocation, latency, and the machine's own peak to compare with.
 *
 * <p>Input: a loaded class, its rule table, and how long to measure. Output: numbers with their spread. Invariant: what is
 * timed is what {@code explain} and {@code predict} run; inputs are random but the same for the same seed, and never zero
 * throughout.
 */
package org.deepliftc.cli.bench;
