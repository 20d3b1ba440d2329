package org.deepliftc.cli;

import java.util.Optional;
import org.deepliftc.cli.terminal.UserError;
import org.deepliftc.compiler.explain.Method;
import picocli.CommandLine.Option;

/** The flags that hold an explanation to summation-to-delta. */
final class AuditFlags {
    @Option(
            names = "--audit",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "8",
            description = "Measure the summation-to-delta residual of every node on the first N examples (8), in double"
                    + " precision, and name the worst. For deeplift.")
    private Integer audited;

    @Option(
            names = "--max-residual",
            paramLabel = "X",
            description = "Fail, and write nothing, where the convergence delta of an example is more than X of its"
                    + " target's difference (1e-3 is a tenth of a percent).")
    private Double maxResidual;

    /** How many examples are audited; none where nobody asked. */
    Optional<Integer> examples() {
        return Optional.ofNullable(audited);
    }

    Optional<Double> maxResidual() {
        return Optional.ofNullable(maxResidual);
    }

    /** Refuses values that no number of examples and no residual can have. */
    void requireUsage(ExplainFlags flags) {
        if (audited != null && audited < 1) {
            throw flags.usage("--audit must be at least 1, not " + audited);
        }
        if (maxResidual != null && !(maxResidual >= 0 && maxResidual < Double.POSITIVE_INFINITY)) {
            throw flags.usage("--max-residual must be a number of at least 0, not " + maxResidual);
        }
    }

    /** Refuses methods that promise no sum. */
    void requireMethod(Method method) {
        if (!method.usesReference() && (audited != null || maxResidual != null)) {
            throw new UserError(
                    (audited != null ? "--audit" : "--max-residual") + " needs a reference to compare with, and "
                            + method.spelling() + " has none; use --method deeplift"
                            + (audited != null ? "" : " or integrated-gradients"));
        }
        if (audited != null && method != Method.DEEPLIFT) {
            throw new UserError("--audit measures how each node distributes its difference-from-reference, and "
                    + method.spelling()
                    + " distributes none; use --max-residual, which bounds what is missing in all");
        }
    }
}
