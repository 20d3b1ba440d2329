package org.deepliftc.compiler.driver;

import java.util.List;
import java.util.Map;

/** What every node of a model does in an explanation, in the order of the model. */
public record RuleTable(String method, String point, String target, List<Row> rows) {

    public RuleTable {
        rows = List.copyOf(rows);
    }

    /**
     * One node.
     *
     * @param node its name
     * @param operator the operator as the language spells it
     * @param shape the shape of its value
     * @param rule the name of the rule that hands its multiplier on
     * @param equation that rule's equation
     * @param stage the axes its multiplier depends on, such as {@code example x reference}, or {@code constant}
     * @param exact whether summation-to-delta holds exactly at this node
     * @param multiplyAdds multiply-adds of its value for one example
     * @param backend the code that computes what belongs to it: {@code scalar}, {@code vector}, {@code vector+scalar};
     *     {@code folded} where no step does, {@code -} where the model was not lowered
     */
    public record Row(
            String node,
            String operator,
            String shape,
            String rule,
            String equation,
            String stage,
            boolean exact,
            long multiplyAdds,
            String backend) {

        private Row withBackend(String found) {
            return new Row(node, operator, shape, rule, equation, stage, exact, multiplyAdds, found);
        }
    }

    /** The table with the backend of each node, by its name. */
    RuleTable withBackends(Map<String, String> backends) {
        List<Row> known = rows.stream()
                .map(row -> row.withBackend(backends.get(row.node())))
                .toList();
        return new RuleTable(method, point, target, known);
    }
}
