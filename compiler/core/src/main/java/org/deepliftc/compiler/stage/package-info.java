/**
 * Stages: on which axes (example, reference, target, step) each node of a joint graph depends. Lowering turns them into
 * loops; the empty stage is folded by the compiler.
 */
package org.deepliftc.compiler.stage;
