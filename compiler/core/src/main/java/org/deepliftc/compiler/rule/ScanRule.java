package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;

/**
 * A recurrence: s_t, y_t = step(s_{t-1}, x_t) for every t, with y stacked.
 *
 * <p>The step's operators hand multipliers back by their own rules, from the last step to the first: the multiplier of
 * s_t is what step t + 1 handed to its state, plus what arrives at y_t. That is a recurrence in the other direction, over
 * the multipliers of y and the activations of every step on both runs (paper 2.3.5 for the gates, section 4; the chain
 * rule, eq. 3). Exact as far as the rules of the step are: contributions sum step by step.
 */
final class ScanRule implements Rule {
    private final ScanBody step;
    private final RuleSet rules;

    /** @param rules those of the operators of a step */
    ScanRule(ScanBody step, RuleSet rules) {
        this.step = step;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public String equation() {
        return "each step by the rules of its operators, from the last to the first";
    }

    /** What an operator of a step does not preserve, the recurrence does not. */
    @Override
    public boolean exact() {
        return step.graph().nodes().stream()
                .filter(n -> !n.inputs().isEmpty())
                .allMatch(n -> rules.ruleFor(n).exact());
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Map<Node, List<Node>> handed = new HashMap<>();
        List<Multiplier> all = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            int input = i;
            all.add(upstream.map(m -> handed.computeIfAbsent(m, single -> back(node, single, context))
                    .get(input)));
        }
        return all;
    }

    /** What one channel hands to each input. */
    private List<Node> back(Node node, Node upstream, RuleContext context) {
        StepBack back = new StepBack(node, rules, context, upstream);
        ScanBody reverse = back.body();
        List<Node> inputs = back.inputs();
        List<Node> handed = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            String name = RuleContext.multiplierName(node, i);
            boolean state = i < step.carried();
            String output = state ? ScanBody.next(i) : StepBack.toSequence(i - step.carried());
            Node stacked = context.builder()
                    .add(new Op.Scan(reverse, output), inputs, name, org.deepliftc.compiler.diagnostic.SourceSpan.NONE);
            handed.add(state ? atStep(stacked, reverse.position(reverse.length() - 1), name, context) : stacked);
        }
        return handed;
    }

    /** The value that a stack holds at one position. */
    private static Node atStep(Node stacked, int position, String name, RuleContext context) {
        int rank = stacked.shape().rank();
        List<Integer> starts = new ArrayList<>(java.util.Collections.nCopies(rank, 0));
        starts.set(0, position);
        Op slice = new Op.Slice(
                starts, java.util.Collections.nCopies(rank, 1), stacked.shape().with(0, 1));
        return context.add(new Op.Reshape(stacked.shape().from(1)), name, context.add(slice, name, stacked));
    }
}
