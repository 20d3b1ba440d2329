package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * One step of the walk back.
 *
 * @param node the node of the model that was passed
 * @param rule its rule
 * @param upstream what reached its output
 * @param handed what the rule handed to its inputs, as {@link Rule#apply} returned it
 */
record Handover(Node node, Rule rule, Multiplier upstream, List<Multiplier> handed) {
    Handover {
        handed = List.copyOf(handed);
    }
}
