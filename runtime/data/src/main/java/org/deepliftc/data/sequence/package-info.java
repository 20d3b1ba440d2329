/**
 * DNA sequences: reading them, one-hot coding, and shuffled sequences to serve as references.
 *
 * <p>In: FASTA files or one-hot arrays. Out: one-hot arrays, channels in the order A, C, G, T. Invariant: a shuffle
 * depends on its sequence, seed, example and number alone, never on the order of the work or on the thread that does
 * it.
 */
package org.deepliftc.data.sequence;
