package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.graph.Axis;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.JointGraph;
import org.deepliftc.compiler.rule.Rule;
import org.deepliftc.compiler.stage.Stages;

/** Makes the rule table of an explanation: one row for each node that the explained point depends on. */
final class RuleTables {
    private static final String MULTIPLIER = ".multiplier";

    private RuleTables() {}

    /** The table with the stages of the joint graph that was derived from the explanation. */
    static RuleTable of(Explanation explanation, JointGraph derived) {
        return of(explanation, multiplierStages(explanation, derived.graph()));
    }

    /** The table without stages, which takes no derivation. */
    static RuleTable withoutStages(Explanation explanation) {
        return of(explanation, Map.of());
    }

    private static RuleTable of(Explanation explanation, Map<String, Set<Axis>> stages) {
        Graph graph = Graph.of(explanation.model().name(), Map.of("point", explanation.point()));
        List<RuleTable.Row> rows = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!node.isConstant()) {
                rows.add(row(node, explanation, stages));
            }
        }
        return new RuleTable(
                explanation.method().spelling(), explanation.point().name(), targetText(explanation), rows);
    }

    private static RuleTable.Row row(Node node, Explanation explanation, Map<String, Set<Axis>> stages) {
        boolean input = node.op() instanceof Op.Input;
        Rule rule = explanation.rules().ruleFor(node);
        return new RuleTable.Row(
                node.name(),
                OperatorNames.of(node.op()),
                node.shape().toString(),
                input ? "-" : rule.name(),
                input
                        ? contributionEquation(explanation)
                        : isGradient(explanation.method()) ? limit(rule) : rule.equation(),
                stages.containsKey(node.name()) ? Stages.text(stages.get(node.name())) : "-",
                isComplete(explanation.method()) && (input || rule.exact()),
                OperatorCosts.multiplyAdds(node),
                "-");
    }

    private static String limit(Rule rule) {
        boolean whole = switch (rule.name()) {
            case "linear", "guided", "deconvnet", "gradient" -> true;
            default -> false;
        };
        return whole ? rule.equation() : rule.equation() + ", both runs at one point";
    }

    private static String contributionEquation(Explanation explanation) {
        return switch (explanation.method()) {
            case GRADIENT, GUIDED_BACKPROP, DECONVNET -> "score = m";
            case GRADIENT_X_INPUT -> "score = m x";
            case LRP -> "score = R";
            case DEEPLIFT -> "C = m (x - reference)";
            case INTEGRATED_GRADIENTS -> "C = (mean of m over the path) (x - reference)";
        };
    }

    /** True where rules hand back the limit of their equation. */
    private static boolean isGradient(Method method) {
        return switch (method) {
            case GRADIENT, GRADIENT_X_INPUT, GUIDED_BACKPROP, DECONVNET, INTEGRATED_GRADIENTS -> true;
            case DEEPLIFT, LRP -> false;
        };
    }

    /** Integrated gradients are complete up to the error of their steps, so not exactly. */
    private static boolean isComplete(Method method) {
        return method == Method.DEEPLIFT;
    }

    /** The axes that the multiplier of each node depends on, by the node's name. */
    private static Map<String, Set<Axis>> multiplierStages(Explanation explanation, Graph derived) {
        Stages stages = Stages.of(derived);
        Map<String, Set<Axis>> byName = new HashMap<>();
        for (Node node : derived.nodes()) {
            if (node.name().endsWith(MULTIPLIER) && !(node.op() instanceof Op.MeanOver)) {
                String of = node.name().substring(0, node.name().length() - MULTIPLIER.length());
                byName.put(of.equals("target") ? explanation.point().name() : of, stages.of(node));
            }
        }
        return byName;
    }

    private static String targetText(Explanation explanation) {
        String which = explanation.target().toString();
        return explanation.normalisedAlong().isPresent() ? which + " less the mean of its classes" : which;
    }
}
