/**
 * The executable meaning of a graph.
 *
 * <p>Input: a {@link org.deepliftc.compiler.graph.Graph} and the values of its leaves. Output: the value of any node,
 * in double precision. Written to be obviously right rather than fast: it shares nothing with lowering, so that both can
 * be compared. Used for folding constants and, in tests, to check passes and backends; it never serves a prediction or
 * an explanation.
 *
 * <p>Invariant: every sum runs in rising index, and the value of a node depends on its operator and the values of its
 * inputs alone.
 */
package org.deepliftc.compiler.interpret;
