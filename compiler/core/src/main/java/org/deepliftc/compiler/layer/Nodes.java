package org.deepliftc.compiler.layer;

import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Where a layer puts its nodes: whoever builds the graph knows their names and places. */
public interface Nodes {

    /** The name of the layer, below which its parts are named. */
    String name();

    /**
     * Adds a node.
     *
     * @param role what the node is to the layer; the empty role is the layer's value
     */
    Node add(String role, Op op, Node... inputs);

    /** Adds a constant. */
    Node constant(String role, ConstantData data);
}
