package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * y = 1 where a is at least b, else 0.
 *
 * <p>A constant of the explanation: it hands back nothing, as its derivative is 0 wherever it has one.
 *
 * <p>Not preserved: what a change of y contributes.
 */
final class ConditionRule implements Rule {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public String equation() {
        return "nothing is handed back";
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return List.of();
    }
}
