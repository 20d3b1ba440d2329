package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;

/**
 * A joint graph that also holds, for each node of the model on the way from the inputs to the explained point, the
 * contributions that its output carries and those that its rule alone hands to its inputs. Summation-to-delta at a node
 * says that both have the same sum. What is missing at the nodes adds up to the convergence delta.
 *
 * @param graph the results of the explanation, and all carried contributions
 * @param steps the nodes passed, from the explained point back
 */
public record AuditGraph(Explanation explanation, Graph graph, List<Step> steps) {

    /**
     * One node.
     *
     * @param node of the model
     * @param exact whether the node promises both sums to be equal: its rule does, and where it reads the parts of a
     *     difference, no rule before it has lost some of them
     * @param carried multiplier times difference-from-reference of its output, element by element
     * @param handed the same of each of its inputs that depends on the model's, with what this node handed back alone
     */
    public record Step(Node node, Rule rule, boolean exact, Node carried, List<Node> handed) {
        public Step {
            handed = List.copyOf(handed);
        }
    }

    public AuditGraph {
        steps = List.copyOf(steps);
    }

    static AuditGraph of(JointGraph joint, List<Handover> handovers, RuleContext context) {
        Map<String, Node> outputs = new LinkedHashMap<>(joint.graph().outputs());
        Set<Node> lossy = lossyParts(handovers);
        List<Step> steps = new ArrayList<>();
        for (Handover handover : handovers) {
            Step step = step(handover, lossy, context);
            outputs.put("carried." + steps.size(), step.carried);
            for (int i = 0; i < step.handed.size(); i++) {
                outputs.put("handed." + steps.size() + "." + i, step.handed.get(i));
            }
            steps.add(step);
        }
        return new AuditGraph(joint.explanation(), Graph.of(joint.graph().name(), outputs), steps);
    }

    /** The nodes whose parts may not add up to their difference: behind an inexact rule, until weights split anew. */
    private static Set<Node> lossyParts(List<Handover> handovers) {
        Set<Node> lossy = new HashSet<>();
        for (int i = handovers.size() - 1; i >= 0; i--) {
            Node node = handovers.get(i).node();
            Rule rule = handovers.get(i).rule();
            boolean loses = !rule.exact() || node.inputs().stream().anyMatch(lossy::contains);
            if (loses && !rule.splitsAnew()) {
                lossy.add(node);
            }
        }
        return lossy;
    }

    private static Step step(Handover handover, Set<Node> lossy, RuleContext context) {
        Node node = handover.node();
        List<Node> handed = new ArrayList<>();
        for (int i = 0; i < handover.handed().size(); i++) {
            Node input = node.input(i);
            if (context.actual(input) != context.reference(input)) {
                handed.add(context.carried(input, handover.handed().get(i), input.name() + ".carried"));
            }
        }
        boolean whole = handover.handed().stream().allMatch(Multiplier::isSingle)
                || node.inputs().stream().noneMatch(lossy::contains);
        boolean exact = handover.rule().exact() && whole;
        return new Step(
                node,
                handover.rule(),
                exact,
                context.carried(node, handover.upstream(), node.name() + ".carried"),
                handed);
    }
}
