package org.deepliftc.cli;

import java.util.Optional;
import org.deepliftc.cli.input.Numbers;
import org.deepliftc.cli.output.AuditReport;
import org.deepliftc.cli.output.Explanation;
import org.deepliftc.cli.terminal.Quantity;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.driver.RelativeResidual;

/** {@code --max-residual}: the largest convergence delta that an explanation may have, relative to its target's difference. */
record ResidualLimit(double limit) {

    /** The worst of an explanation. */
    private record Worst(int example, int target, double relative, int above) {}

    /**
     * Holds every example to the limit.
     *
     * @param audit names the node where there is one
     * @throws UserError if one is above it
     */
    void require(Explanation explanation, Optional<Audit> audit) {
        Worst worst = worst(explanation);
        if (worst.above == 0) {
            return;
        }
        int index = worst.example * explanation.targets() + worst.target;
        double delta = Numbers.get(explanation.reference().orElseThrow().convergenceDelta(), index);
        throw new UserError("the convergence delta of " + explanation.title(worst.example, worst.target) + " is "
                + AuditReport.amount(delta) + ", " + AuditReport.amount(worst.relative)
                + " of its target's difference of " + AuditReport.amount(change(explanation, index))
                + ", and --max-residual allows " + AuditReport.amount(limit) + "; "
                + audit.map(of -> of.worstNode(worst.example, worst.target)).orElse("--audit names the node")
                + " (" + Quantity.count(worst.above, "explanation") + " of "
                + explanation.examples().count() * explanation.targets() + " above; nothing was written)");
    }

    private Worst worst(Explanation explanation) {
        Worst worst = new Worst(0, 0, -1, 0);
        int above = 0;
        for (int example = 0; example < explanation.examples().count(); example++) {
            for (int target = 0; target < explanation.targets(); target++) {
                double relative = relative(explanation, example, target);
                above += relative > limit ? 1 : 0;
                worst = relative > worst.relative ? new Worst(example, target, relative, 0) : worst;
            }
        }
        return new Worst(worst.example, worst.target, worst.relative, above);
    }

    private static double relative(Explanation explanation, int example, int target) {
        int index = example * explanation.targets() + target;
        double delta = Numbers.get(explanation.reference().orElseThrow().convergenceDelta(), index);
        return RelativeResidual.of(delta, change(explanation, index), explanation.contributed(example, target));
    }

    private static double change(Explanation explanation, int index) {
        return Numbers.get(explanation.output(), index)
                - Numbers.get(explanation.reference().orElseThrow().output(), index);
    }
}
