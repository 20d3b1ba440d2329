package org.deepliftc.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.TextTable;
import org.deepliftc.compiler.driver.AuditSample;
import org.deepliftc.compiler.driver.AuditTable;
import org.deepliftc.compiler.driver.AuditedNode;

/** What an audit measured, as text. */
public final class AuditReport {
    private AuditReport() {}

    /**
     * Prints the nodes, the worst first, and a sentence about the worst.
     *
     * @param samples what was measured of an explanation, example by example, target by target
     */
    public static void print(PrintWriter out, AuditTable table, List<AuditSample> samples, Explanation explanation) {
        TextTable rows =
                new TextTable("node", "operator", "rule", "exact", "worst", "mean", "worst relative", "mean relative");
        for (AuditTable.Row row : table.rows()) {
            rows.row(
                    row.node().name(),
                    row.node().operator(),
                    row.node().rule(),
                    row.node().exact() ? "yes" : "no",
                    amount(row.worst()),
                    amount(row.mean()),
                    amount(row.worstRelative()),
                    amount(row.meanRelative()));
        }
        rows.print(out);
        out.println();
        String audited = Quantity.count(samples.size() / explanation.targets(), "example");
        if (table.rows().isEmpty()) {
            out.println("No node lies between the inputs and the explained point.");
        } else if (table.isExact()) {
            out.println("Summation-to-delta is exact at every node: over " + audited + " none misses more than "
                    + amount(table.rows().get(0).worstRelative()) + " of the target's difference.");
        } else {
            out.println(worst(table.rows().get(0), samples, explanation) + " (" + audited + " audited)");
        }
    }

    private static String worst(AuditTable.Row row, List<AuditSample> samples, Explanation explanation) {
        AuditedNode node = row.node();
        AuditSample sample = samples.get(row.worstSample());
        int targets = explanation.targets();
        String title = explanation.title(row.worstSample() / targets, row.worstSample() % targets);
        return "The worst is '" + node.name() + "' (" + node.operator() + ", rule " + node.rule()
                + (node.exact() ? ", although it claims to be exact" : ", which does not claim to be exact") + "): of "
                + title + " it misses "
                + amount(row.worstRelative()) + " of the target's difference of " + amount(sample.change()) + ".";
    }

    /** Three significant digits: {@code 0.25}, {@code 3.1e-16}. */
    public static String amount(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "infinite" : "-infinite";
        }
        double size = Math.abs(value);
        return value == 0
                ? "0"
                : size >= 1e-3 && size < 1e6 ? Decimal.brief(value) : String.format(Locale.ROOT, "%.1e", value);
    }
}
