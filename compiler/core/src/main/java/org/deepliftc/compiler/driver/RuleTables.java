package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.rule.Explanation;
import org.deepliftc.compiler.rule.Rule;

/** Makes the rule table of an explanation: one row for each node that the explained point depends on. */
final class RuleTables {
    private RuleTables() {}

    static RuleTable of(Explanation explanation) {
        Graph graph = Graph.of(explanation.model().name(), java.util.Map.of("point", explanation.point()));
        List<RuleTable.Row> rows = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!node.isConstant()) {
                rows.add(row(node, explanation));
            }
        }
        return new RuleTable(
                explanation.method().spelling(), explanation.point().name(), targetText(explanation), rows);
    }

    private static RuleTable.Row row(Node node, Explanation explanation) {
        boolean input = node.op() instanceof Op.Input;
        Rule rule = explanation.rules().ruleFor(node);
        boolean gradient = !explanation.usesReference();
        return new RuleTable.Row(
                node.name(),
                OperatorNames.of(node.op()),
                node.shape().toString(),
                input ? "-" : rule.name(),
                input ? contributionEquation(explanation) : gradient ? limit(rule) : rule.equation(),
                stage(explanation),
                !gradient && (input || rule.exact()),
                OperatorCosts.multiplyAdds(node));
    }

    private static String limit(Rule rule) {
        return rule.name().equals("linear") ? rule.equation() : rule.equation() + ", both runs on the example";
    }

    private static String contributionEquation(Explanation explanation) {
        return switch (explanation.method()) {
            case GRADIENT -> "score = m";
            case GRADIENT_X_INPUT -> "score = m x";
            default -> "C = m (x - reference)";
        };
    }

    /** The axes the multiplier of a node depends on. */
    private static String stage(Explanation explanation) {
        return explanation.usesReference() && explanation.references().isEmpty() ? "example x reference" : "example";
    }

    private static String targetText(Explanation explanation) {
        String which;
        if (explanation.target() instanceof Explanation.Fixed) {
            which = ((Explanation.Fixed) explanation.target()).indices().toString();
        } else if (explanation.target() instanceof Explanation.Largest) {
            which = "max";
        } else {
            which = "any";
        }
        return explanation.normalisedAlong().isPresent() ? which + " less the mean of its classes" : which;
    }
}
