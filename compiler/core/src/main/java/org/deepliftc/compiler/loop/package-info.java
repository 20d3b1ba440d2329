/**
 * The loop program: procedures over flat arrays, the last form before text. Input: what {@code lower} makes of a staged
 * graph. Output: what {@code schedule} transforms and the printers print. Invariant: {@link
 * org.deepliftc.compiler.loop.LoopVerifier} finds no problem; every sum has its final order here.
 */
package org.deepliftc.compiler.loop;
