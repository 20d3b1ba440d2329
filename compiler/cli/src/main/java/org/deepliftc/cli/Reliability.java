package org.deepliftc.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.output.AuditReport;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.terminal.Console;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.graph.Model;

/**
 * Compares every explanation with what its element type can hold: nothing that is not finite, and no convergence delta beyond
 * rounding, leaves without a warning.
 */
final class Reliability {
    /** Part of the target's difference that rounding may miss, per element type. */
    private static final double FLOAT = 1e-3;

    private static final double DOUBLE = 1e-9;

    /** Sums of contributions and outputs are exact to this part of what a difference may miss. */
    private static final double OF_SIZE = 1e-2;

    /** Contributions beyond this multiple of the outputs cancel; what is lost of them is not rounding that was due. */
    private static final double CANCELLING = 10;

    private final Explanation explanation;
    private final double allowed;
    private int infinite;
    private int firstInfinite = -1;
    private int missing;
    private int worst = -1;
    private double worstExcess;

    private Reliability(Explanation explanation, Precision precision) {
        this.explanation = explanation;
        this.allowed = precision == Precision.DOUBLE ? DOUBLE : FLOAT;
        for (int index = 0; index < explanation.examples().count() * explanation.targets(); index++) {
            judge(index);
        }
    }

    /**
     * Warns at most twice: of results that are not finite, and of convergence deltas.
     *
     * @param nodes names the node of an example and target that misses most, where that is known
     */
    static void warn(
            Console console,
            Model model,
            Explanation explanation,
            Precision precision,
            Supplier<Optional<Audit>> nodes) {
        Reliability judged = new Reliability(explanation, precision);
        if (judged.infinite > 0) {
            console.warn(judged.ofInfinite(
                    nodes.get().flatMap(audit -> audit.firstNonFinite(model, judged.example(judged.firstInfinite)))));
        }
        if (judged.missing > 0) {
            console.warn(judged.ofMissing(nodes));
        }
    }

    private int example(int index) {
        return index / explanation.targets();
    }

    private int target(int index) {
        return index % explanation.targets();
    }

    private void judge(int index) {
        double contributed = explanation.contributed(example(index), target(index));
        double output = Numbers.get(explanation.output(), index);
        double reference =
                explanation.reference().map(r -> Numbers.get(r.output(), index)).orElse(0.0);
        double delta = explanation
                .reference()
                .map(r -> Numbers.get(r.convergenceDelta(), index))
                .orElse(0.0);
        if (!Double.isFinite(contributed) || !Double.isFinite(output) || !Double.isFinite(reference + delta)) {
            infinite++;
            firstInfinite = firstInfinite < 0 ? index : firstInfinite;
            return;
        }
        double size = Math.abs(output) + Math.abs(reference);
        double rounding = Math.max(size, Math.min(contributed, CANCELLING * size));
        double excess = Math.abs(delta) / (allowed * Math.max(Math.abs(output - reference), OF_SIZE * rounding));
        if (excess > 1) { // 0 / 0 is no excess
            missing++;
            if (excess > worstExcess) {
                worst = index;
                worstExcess = excess;
            }
        }
    }

    private String of(int count) {
        return Quantity.count(count, "explanation") + " of "
                + explanation.examples().count() * explanation.targets();
    }

    private String ofInfinite(Optional<String> node) {
        return of(infinite) + " " + (infinite == 1 ? "holds" : "hold") + " numbers that are not finite, the first "
                + explanation.title(example(firstInfinite), target(firstInfinite))
                + " (output " + Numbers.get(explanation.output(), firstInfinite)
                + explanation
                        .reference()
                        .map(r -> ", reference " + Numbers.get(r.output(), firstInfinite))
                        .orElse("")
                + "): "
                + node.orElse(
                        "the network itself leaves the range of numbers there, or a slope between both runs is infinite")
                + "; check the inputs and references, or try --precision double";
    }

    private String ofMissing(Supplier<Optional<Audit>> nodes) {
        double delta = Numbers.get(explanation.reference().orElseThrow().convergenceDelta(), worst);
        double change = Numbers.get(explanation.output(), worst)
                - Numbers.get(explanation.reference().orElseThrow().output(), worst);
        return of(missing) + " " + (missing == 1 ? "does" : "do")
                + " not sum to the change of the target within what this element type holds; worst is "
                + explanation.title(example(worst), target(worst)) + ": " + AuditReport.amount(delta)
                + " is missing of "
                + AuditReport.amount(change) + "; "
                + nodes.get()
                        .map(audit -> audit.worstNode(example(worst), target(worst)))
                        .orElse("--audit names the node")
                + "; --precision double shows what is rounding, --max-residual makes this an error";
    }
}
