package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/** The derivative on the example, whatever the reference is: what a tool does that does not know the operator. */
record GradientOnly(Rule limited) implements Rule {
    @Override
    public String name() {
        return "gradient";
    }

    @Override
    public String equation() {
        return limited.equation() + ", both runs at the example";
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return limited.apply(node, upstream, context.atExample());
    }
}
