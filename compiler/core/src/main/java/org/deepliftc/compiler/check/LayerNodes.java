package org.deepliftc.compiler.check;

import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.layer.Nodes;

/**
 * The nodes of a layer that one call makes.
 *
 * @param part what comes before the names of its parts, where the call makes several layers
 */
record LayerNodes(Site site, String part) implements Nodes {

    @Override
    public String name() {
        String own = site.naming().of(site.function());
        return part.isEmpty() ? own : own + "." + part;
    }

    private String below(String role) {
        return part.isEmpty() ? role : role.isEmpty() ? part : part + "." + role;
    }

    @Override
    public Node add(String role, Op op, Node... inputs) {
        String below = below(role);
        return below.isEmpty() ? site.value(op, inputs) : site.step(below, op, inputs);
    }

    @Override
    public Node constant(String role, ConstantData data) {
        return site.constant(data, below(role), site.span());
    }
}
