package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;

/**
 * The derivative on one run, whatever the other is: what a tool does that does not know the operator.
 *
 * @param onReference whether it is that on the reference: SHAP takes the gradient of a batch whose second half are the references
 *     there, Captum on the example
 */
record GradientOnly(Rule limited, boolean onReference) implements Rule {
    @Override
    public String name() {
        return "gradient";
    }

    @Override
    public String equation() {
        return limited.equation() + ", both runs at the " + (onReference ? "reference" : "example");
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return limited.apply(node, upstream, onReference ? context.atReference() : context.atExample());
    }
}
