package org.deepliftc.compiler.rule;

import java.util.List;
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
}
