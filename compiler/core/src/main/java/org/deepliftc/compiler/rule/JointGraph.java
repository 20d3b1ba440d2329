package org.deepliftc.compiler.rule;

import java.util.Map;
import org.deepliftc.compiler.graph.Graph;

/**
 * The forward graph on example and reference and the multipliers, in one graph. Its outputs are the results by their
 * {@link org.deepliftc.compiler.graph.ResultNames}.
 *
 * @param notes by the name of a derived node, what rule made it and its equation, for whoever reads the result
 */
public record JointGraph(Explanation explanation, Graph graph, Map<String, String> notes) {
    public JointGraph {
        notes = Map.copyOf(notes);
    }
}
