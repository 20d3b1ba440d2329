package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.Node;

/** Stands where an operator has no rule: applying it is a compile error that names the node. */
record MissingRule(String reason, String remedy) implements Rule {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public String equation() {
        return reason;
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        throw new DiagnosticException(
                Diagnostic.error("RULE001", node.span(), "'" + node.name() + "' cannot be explained: " + reason)
                        .withHint(remedy));
    }
}
