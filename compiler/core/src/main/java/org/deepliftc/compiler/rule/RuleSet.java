package org.deepliftc.compiler.rule;

import org.deepliftc.compiler.graph.Node;

/** The rules of one method: a total function from nodes to rules. */
public interface RuleSet {

    /** The rule of a node of the model; one that reports a diagnostic when applied where the method has none. */
    Rule ruleFor(Node node);
}
