package org.deepliftc.compiler.driver;

import java.util.List;

/**
 * What every node of a model costs in an explanation, known before anything runs. Counts are of the direct algorithm:
 * what optimisation saves, such as positions that a max pool leaves at zero, is counted, but what is known when
 * compiling is not.
 *
 * @param rules what the nodes do, a row for each row here
 * @param rows the nodes, in the order of the model
 * @param totals of the whole class
 */
public record CostTable(RuleTable rules, List<Row> rows, Totals totals) {

    public CostTable {
        rows = List.copyOf(rows);
    }

    /**
     * One node.
     *
     * @param rule its row in the rule table, with the multiply-adds of its value for one example
     * @param multiplierMultiplyAdds multiply-adds of its multiplier, for one example, reference and target; 0 where the
     *     multiplier is known when compiling
     * @param activationBytes of its value, for one example
     * @param weightBytes of the weights it reads, in the precision of the class
     * @param codeBytes bytecodes of the methods that compute its value, on example and reference, and its multiplier: the
     *     compiler's own estimate, which errs upwards; a method that computes several nodes counts for none of them
     * @param expectedPerSecond examples a second, each with one reference, if this node were all there is; infinite for
     *     what takes no work
     */
    public record Row(
            RuleTable.Row rule,
            long multiplierMultiplyAdds,
            long activationBytes,
            long weightBytes,
            long codeBytes,
            double expectedPerSecond) {}

    /**
     * The whole class.
     *
     * @param backend {@code scalar} or {@code vector}
     * @param expectedBatch the batch that the expected times hold for
     * @param work multiply-adds of the direct algorithm
     * @param sessionBytes memory of one session, all targets and one reference included
     * @param referenceBytes memory that each reference at run time takes at most, beside the first
     * @param weightBytes of the weights file
     * @param codeBytes bytecodes of all methods that compute nodes, estimated
     * @param perExample expected seconds of what is done once for an example
     * @param perReference expected seconds of what is done once for a reference
     * @param perPair expected seconds of what is done for each example and reference
     */
    public record Totals(
            String backend,
            int expectedBatch,
            DirectWork work,
            long sessionBytes,
            long referenceBytes,
            long weightBytes,
            long codeBytes,
            double perExample,
            double perReference,
            double perPair) {

        /** Examples a second on one thread, each explained with one reference, which all share. */
        public double expectedPerSecond() {
            return 1 / (perExample + perPair);
        }
    }
}
