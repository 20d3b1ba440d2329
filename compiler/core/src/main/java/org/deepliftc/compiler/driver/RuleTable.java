package org.deepliftc.compiler.driver;

import java.util.List;

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
     */
    public record Row(
            String node,
            String operator,
            String shape,
            String rule,
            String equation,
            String stage,
            boolean exact,
            long multiplyAdds) {}
}
