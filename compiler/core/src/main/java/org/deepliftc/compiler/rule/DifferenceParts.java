package org.deepliftc.compiler.rule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * The positive and negative parts of the differences of a model's nodes, derived forward for those that some rule asks for
 * and for what these come from. At an input they are max(delta, 0) and min(delta, 0).
 */
final class DifferenceParts {
    private final RuleSet rules;
    private final RuleContext context;
    private final Set<Node> wanted = new HashSet<>();
    private final Map<Node, Parts> known = new HashMap<>();

    private DifferenceParts(RuleSet rules, RuleContext context) {
        this.rules = rules;
        this.context = context;
    }

    /**
     * Derives the parts that the rules of a graph need, in the graph's order.
     *
     * @param dependent the nodes that depend on an input, the only ones whose rules are applied
     */
    static Map<Node, Parts> of(Graph graph, Set<Node> dependent, RuleSet rules, RuleContext context) {
        DifferenceParts parts = new DifferenceParts(rules, context);
        context.use(parts.known);
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            parts.mark(nodes.get(i), dependent);
        }
        nodes.stream().filter(parts.wanted::contains).forEach(parts::derive);
        return parts.known;
    }

    private void mark(Node node, Set<Node> dependent) {
        if (!dependent.contains(node) || node.inputs().isEmpty()) {
            return;
        }
        Rule rule = rules.ruleFor(node);
        boolean passes = wanted.contains(node) && !rule.splitsAnew();
        if (passes || rule.needsParts()) {
            wanted.addAll(node.inputs());
        }
    }

    private void derive(Node node) {
        known.put(node, parts(node));
    }

    private Parts parts(Node node) {
        if (node.op() instanceof Op.Input) {
            return context.signs(node);
        }
        if (context.actual(node) == context.reference(node)) {
            Node none = context.builder()
                    .constant(
                            ConstantData.real(
                                    node.shape(), new double[node.shape().size()]),
                            node.name());
            return new Parts(none, none);
        }
        return rules.ruleFor(node).parts(node, context);
    }
}
