package org.deepliftc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.input.ReferencePlan;
import org.deepliftc.cli.output.AuditReport;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.ProgressBar;
import org.deepliftc.compiler.driver.AuditSample;
import org.deepliftc.compiler.driver.AuditTable;
import org.deepliftc.compiler.driver.AuditedNode;
import org.deepliftc.compiler.driver.Auditor;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.driver.FirstNonFinite;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;

/** Audits the examples of a run. */
final class Audit {
    private final Auditor auditor;
    private final Explanation explanation;
    private final ReferencePlan plan;
    private final Precision precision;

    /** An audit of an explanation and the references it was made with, in arrays of that precision. */
    Audit(Auditor auditor, Explanation explanation, ReferencePlan plan, Precision precision) {
        this.auditor = auditor;
        this.explanation = explanation;
        this.plan = plan;
        this.precision = precision;
    }

    /** Measures the first examples and prints the table of nodes. */
    void print(Console console, int first) {
        int count = Math.min(first, explanation.examples().count());
        List<AuditSample> samples = new ArrayList<>();
        try (ProgressBar bar = new ProgressBar(console, "audited examples", count)) {
            for (int example = 0; example < count; example++) {
                samples.addAll(measure(example));
                bar.update(example + 1L);
            }
        }
        AuditReport.print(console.out(), AuditTable.of(auditor.nodes(), samples), samples, explanation);
        console.out().flush();
    }

    /** Names the node that loses most of one target of one example. */
    String worstNode(int example, int target) {
        AuditSample sample = measure(example).get(target);
        if (sample.residuals().length == 0) {
            return "no node lies between the inputs and the explained point";
        }
        int worst = sample.worst();
        AuditedNode node = auditor.nodes().get(worst);
        return sample.relative(worst) < AuditTable.EXACT
                ? "in double precision every node is exact: all of it is rounding"
                : "'" + node.name() + "' (" + node.operator() + ", rule " + node.rule() + ") misses most, "
                        + AuditReport.amount(sample.relative(worst)) + " of the difference";
    }

    /** Names the node at which an example, else one of its references, leaves the range of finite numbers. */
    Optional<String> firstNonFinite(Model model, int example) {
        Optional<Node> found =
                FirstNonFinite.of(model, row(explanation.examples().arrays(), example));
        if (found.isPresent()) {
            return Optional.of("'" + found.get().name() + "' is not finite on the example");
        }
        List<List<double[]>> references = references(example);
        if (references.isEmpty()) {
            references = List.of(explanation.inputs().stream()
                    .map(input -> new double[input.shape().size()])
                    .toList());
        }
        return references.stream()
                .map(reference -> FirstNonFinite.of(model, reference))
                .flatMap(Optional::stream)
                .findFirst()
                .map(node -> "'" + node.name() + "' is not finite on the reference");
    }

    private List<AuditSample> measure(int example) {
        return auditor.measure(row(explanation.examples().arrays(), example), references(example));
    }

    private List<List<double[]>> references(int example) {
        List<List<double[]>> references = new ArrayList<>();
        if (!plan.compiled()) {
            Object[] rows = plan.rows(explanation.inputs(), precision, example, 1);
            for (int k = 0; k < plan.count(); k++) {
                references.add(row(rows, k));
            }
        }
        return references;
    }

    private List<double[]> row(Object[] arrays, int row) {
        List<double[]> values = new ArrayList<>();
        for (int input = 0; input < arrays.length; input++) {
            int size = explanation.inputs().get(input).shape().size();
            values.add(Numbers.slice(arrays[input], row * size, size));
        }
        return values;
    }
}
