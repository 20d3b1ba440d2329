/**
 * The typed graph: where the language and the importers meet.
 *
 * <p>Nodes are immutable, in an order where inputs come before their users, and equal only to themselves. The batch
 * dimension is implicit; what a value depends on beside the model is a set of {@link org.deepliftc.compiler.graph.Axis}.
 * Operators are records of the sealed {@link org.deepliftc.compiler.graph.Op}; total functions over them implement
 * {@link org.deepliftc.compiler.graph.OpCases}. Shapes and types are inferred when a node is made, so every node that
 * exists is well-typed.
 */
package org.deepliftc.compiler.graph;
