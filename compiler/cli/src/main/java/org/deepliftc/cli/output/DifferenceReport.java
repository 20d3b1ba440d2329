package org.deepliftc.cli.output;

import java.io.PrintWriter;
import java.util.List;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.TextTable;
import org.deepliftc.compiler.driver.RuleDifference;

/** How an explanation by another tool's definitions differs from one by ours, as text. */
public final class DifferenceReport {
    /** Nodes the table names; a network repeats its blocks. */
    private static final int MOST_ROWS = 20;

    private DifferenceReport() {}

    /**
     * Prints the report.
     *
     * @param tool whose definitions {@code theirs} follows
     * @param rules the nodes that both treat differently, theirs first
     * @param normalised whether ours mean-normalises the weights that read a one-hot input
     */
    public static void print(
            PrintWriter out,
            String tool,
            List<RuleDifference> rules,
            boolean normalised,
            Explanation theirs,
            Explanation ours) {
        out.println(tool + " beside deepliftc, same target and references, "
                + Quantity.count(theirs.examples().count(), "example") + ":");
        out.println();
        if (rules.isEmpty()) {
            out.println("Every node has the same rule.");
        } else {
            TextTable table = new TextTable("node", "operator", tool, "deepliftc");
            rules.stream()
                    .limit(MOST_ROWS)
                    .forEach(rule -> table.row(rule.node(), rule.operator(), rule.first(), rule.second()));
            table.print(out);
            if (rules.size() > MOST_ROWS) {
                out.println("... and " + (rules.size() - MOST_ROWS) + " more");
            }
        }
        if (normalised) {
            out.println("Weights that read a one-hot input are mean-normalised by deepliftc alone (paper 2.6).");
        }
        out.println();
        TextTable table = new TextTable("input", "largest contribution", "largest difference", "correlation");
        for (int input = 0; input < ours.inputs().size(); input++) {
            Object a = theirs.contributions().get(input);
            Object b = ours.contributions().get(input);
            table.row(
                    ours.inputs().get(input).name(),
                    AuditReport.amount(largest(b, null)),
                    AuditReport.amount(largest(a, b)),
                    AuditReport.amount(correlation(a, b)));
        }
        table.print(out);
        out.println();
        out.println("What is missing from summation-to-delta, at worst: " + tool + " " + worstDelta(theirs)
                + ", deepliftc " + worstDelta(ours) + ".");
    }

    private static String worstDelta(Explanation explanation) {
        return explanation
                .reference()
                .map(reference -> AuditReport.amount(largest(reference.convergenceDelta(), null)))
                .orElse("-");
    }

    /** The largest size of an element, less the other's where there is one. */
    private static double largest(Object values, Object others) {
        double largest = 0;
        for (int i = 0; i < Numbers.length(values); i++) {
            double other = others == null ? 0 : Numbers.get(others, i);
            double size = Math.abs(Numbers.get(values, i) - other);
            largest = Double.isNaN(size) ? size : Math.max(largest, size);
        }
        return largest;
    }

    /** Pearson's; NaN where either side is all of one value. */
    private static double correlation(Object a, Object b) {
        int length = Numbers.length(a);
        double meanA = 0;
        double meanB = 0;
        for (int i = 0; i < length; i++) {
            meanA += Numbers.get(a, i) / length;
            meanB += Numbers.get(b, i) / length;
        }
        double both = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < length; i++) {
            double da = Numbers.get(a, i) - meanA;
            double db = Numbers.get(b, i) - meanB;
            both += da * db;
            ofA += da * da;
            ofB += db * db;
        }
        return both / Math.sqrt(ofA * ofB);
    }
}
