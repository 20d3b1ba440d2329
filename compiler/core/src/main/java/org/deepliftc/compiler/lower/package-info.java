/**
 * Lowers an optimised joint graph and the forward graph to a {@link org.deepliftc.compiler.loop.LoopProgram}.
 *
 * <p>Stages become phases, elementwise chains become one loop, every other node one procedure; kept values get buffers
 * and the memory plan lets buffers that are never alive together share arrays. The order of every sum is decided here.
 */
package org.deepliftc.compiler.lower;
