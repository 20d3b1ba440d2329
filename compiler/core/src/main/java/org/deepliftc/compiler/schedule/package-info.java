/**
 * How a loop program runs: lanes to unrolled blocks, tiny programs to straight lines, large procedures to smaller ones.
 * Input and output: a {@link org.deepliftc.compiler.loop.LoopProgram}. Invariant: what is computed stays the same bit
 * for bit; every result keeps its operations and their order.
 */
package org.deepliftc.compiler.schedule;
