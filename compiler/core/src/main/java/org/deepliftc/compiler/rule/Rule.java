package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.diagnostic.DiagnosticException;
import org.deepliftc.compiler.graph.Node;

/**
 * How one operator hands the multiplier of its output to its inputs. A pure function that builds ordinary graph nodes:
 * everything after derivation knows nothing of DeepLIFT.
 */
public interface Rule {

    /** The name users see, such as {@code rescale}. */
    String name();

    /** The multiplier equation in plain text. */
    String equation();

    /** True where contributions of the inputs add up exactly to the contribution of the output. */
    default boolean exact() {
        return true;
    }

    /**
     * What travels back to each input.
     *
     * @param node the node of the model's graph
     * @param upstream what travels back along its output
     * @return one multiplier per input in order; fewer where the last inputs are constants of the explanation
     */
    List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context);

    /** True where {@link #apply} asks for the positive and negative parts of its inputs' differences. */
    default boolean needsParts() {
        return false;
    }

    /** True where {@link #parts} splits by the sign of each input's whole difference, whatever parts that has. */
    default boolean splitsAnew() {
        return false;
    }

    /**
     * The positive and negative parts of the output's difference, from those of its inputs.
     *
     * @throws DiagnosticException where RevealCancel says nothing about the operator
     */
    default Parts parts(Node node, RuleContext context) {
        throw undefinedParts(node, name());
    }

    /** The error that an operator has no positive and negative parts. */
    static DiagnosticException undefinedParts(Node node, String rule) {
        return new DiagnosticException(Diagnostic.error(
                        "RULE002",
                        node.span(),
                        "'" + node.name() + "' (" + rule
                                + ") has no positive and negative parts, which a reveal-cancel rule needs there")
                .withHint("choose rescale for the nonlinearities that depend on it: --rule NODE=rescale"));
    }
}
