/**
 * Tree of a {@code .dlift} file to the typed graph: names, arguments, shapes, weights, the explain section.
 *
 * <p>Input: {@link org.deepliftc.compiler.syntax.SourceFile} trees and the weights they name. Output:
 * {@link org.deepliftc.compiler.graph.Model}. Invariant: functions and loops are expanded, every node has a unique
 * name and the place it was written at, and a model exists only where nothing was wrong with it.
 */
package org.deepliftc.compiler.check;
