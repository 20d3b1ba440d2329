package org.deepliftc.compiler.optimize;

import org.deepliftc.compiler.graph.Graph;

/** A rewrite of a graph that keeps the value of every output. */
@FunctionalInterface
public interface Pass {
    Graph run(Graph graph);
}
