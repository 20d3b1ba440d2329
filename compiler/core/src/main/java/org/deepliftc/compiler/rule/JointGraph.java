package org.deepliftc.compiler.rule;

import java.util.Map;
import org.deepliftc.compiler.graph.Graph;

/**
 * The forward graph on example and reference and the multipliers, in one graph. Its outputs are the results by the
 * names below; those ending in a dot are followed by the number of the input.
 *
 * @param notes by the name of a derived node, what rule made it and its equation, for whoever reads the result
 */
public record JointGraph(Explanation explanation, Graph graph, Map<String, String> notes) {
    public static final String CONTRIBUTIONS = "contributions.";
    public static final String MULTIPLIERS = "multipliers.";
    public static final String HYPOTHETICAL = "hypothetical.";
    public static final String OUTPUT = "output";
    public static final String REFERENCE_OUTPUT = "reference_output";
    public static final String CONVERGENCE_DELTA = "convergence_delta";

    public JointGraph {
        notes = Map.copyOf(notes);
    }

    /** The same explanation with its graph rewritten. */
    public JointGraph with(Graph rewritten) {
        return new JointGraph(explanation, rewritten, notes);
    }
}
