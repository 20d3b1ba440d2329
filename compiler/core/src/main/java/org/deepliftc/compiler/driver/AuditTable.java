package org.deepliftc.compiler.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The residuals of all audited nodes over a number of samples.
 *
 * @param rows the nodes, the worst first
 */
public record AuditTable(List<Row> rows) {
    /** Relative residuals below this are rounding. */
    public static final double EXACT = 1e-10;

    /**
     * One node. Residuals are magnitudes; relative ones are relative to each sample's own change.
     *
     * @param worstSample the sample with the largest relative residual
     */
    public record Row(
            AuditedNode node, double worst, double mean, double worstRelative, double meanRelative, int worstSample) {}

    public AuditTable {
        rows = List.copyOf(rows);
    }

    /** Summarises at least one sample. */
    public static AuditTable of(List<AuditedNode> nodes, List<AuditSample> samples) {
        List<Row> rows = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            rows.add(row(nodes.get(node), node, samples));
        }
        rows.sort(Comparator.comparingDouble(Row::worstRelative)
                .thenComparingDouble(Row::worst)
                .reversed());
        return new AuditTable(rows);
    }

    private static Row row(AuditedNode of, int node, List<AuditSample> samples) {
        double worst = 0;
        double total = 0;
        double relativeTotal = 0;
        int worstSample = 0;
        for (int s = 0; s < samples.size(); s++) {
            double residual = Math.abs(samples.get(s).residuals()[node]);
            worst = Math.max(worst, residual);
            total += residual;
            relativeTotal += samples.get(s).relative(node);
            worstSample =
                    samples.get(s).relative(node) > samples.get(worstSample).relative(node) ? s : worstSample;
        }
        int n = samples.size();
        return new Row(of, worst, total / n, samples.get(worstSample).relative(node), relativeTotal / n, worstSample);
    }

    /** True where nothing but rounding is missing at any node. */
    public boolean isExact() {
        return rows.stream().allMatch(row -> row.worstRelative < EXACT);
    }
}
