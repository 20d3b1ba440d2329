package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Guided backpropagation (Springenberg et al., arXiv 1412.6806) and deconvolutional networks (Zeiler and Fergus, arXiv
 * 1311.2901), which the paper compares with (section 1): the rules of the gradient, but for nonlinearities like relu.
 *
 * @param guided whether the derivative counts too
 */
public record GuidedRules(boolean guided) implements RuleSet {
    private static final RuleSet GRADIENT = new DeepLiftRules(MaxRule.GRADIENT);

    @Override
    public Rule ruleFor(Node node) {
        if (node.op() instanceof Op.Scan scan) {
            return new ScanRule(scan.body(), this);
        }
        return node.op() instanceof Op.Elementwise op && isLikeRelu(op.activation())
                ? new Rectified(guided)
                : GRADIENT.ruleFor(node);
    }

    /** Two half lines that meet at 0. */
    private static boolean isLikeRelu(Activation activation) {
        return activation instanceof Activation.Builtin builtin
                && switch (builtin.kind()) {
                    case RELU, LEAKY_RELU, PRELU -> true;
                    default -> false;
                };
    }

    /**
     * y = f(x), f a rectifier.
     *
     * <p>Deconvnet: m_x = max(m_y, 0), whatever x is. Guided: m_x = f'(x) max(m_y, 0). Nothing is compared with a reference,
     * and no sum is preserved; negative evidence is dropped on purpose (paper 1, on why that fails).
     */
    private record Rectified(boolean guided) implements Rule {
        @Override
        public String name() {
            return guided ? "guided" : "deconvnet";
        }

        @Override
        public String equation() {
            return guided ? "m = f'(x) max(m, 0)" : "m = max(m, 0)";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
            String name = RuleContext.multiplierName(node, 0);
            Node x = context.actual(node.input(0));
            return List.of(upstream.map(m -> {
                Node kept = context.add(
                        new Op.Binary(Op.BinaryKind.MAXIMUM),
                        name,
                        m,
                        context.builder().constant(0));
                return guided ? context.multiply(kept, RescaleRule.slope(node, x, x, context), name) : kept;
            }));
        }
    }
}
