package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A softmax as SHAP's explainer for PyTorch takes it: each logit has the quotient of its own probability's change and its
 * own, as if no other logit mattered, and the gradient where its own moves by less than 1e-6. Contributions of a single
 * class add up only where its own logit moves.
 */
final class ElementwiseSoftmax implements Rule {
    private static final double NEAR = 1e-6;

    @Override
    public String name() {
        return "elementwise";
    }

    @Override
    public String equation() {
        return "m_i = dy_i / dx_i, the gradient below 1e-6";
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        String name = RuleContext.multiplierName(node, 0);
        Node x = node.input(0);
        Node dx = context.delta(x);
        Node minus = context.multiply(dx, context.builder().constant(-1), name);
        Node size = context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name, dx, minus);
        Node far = context.add(
                new Op.Binary(Op.BinaryKind.AT_LEAST),
                name,
                size,
                context.builder().constant(NEAR));
        Node one = context.broadcast(context.builder().constant(1), dx.shape());
        Node divisor = context.add(new Op.Select(), name, far, dx, one);
        Node quotient = context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, context.delta(node), divisor);
        Multiplier gradient = new DecomposedSoftmax()
                .apply(node, upstream, context.atExample())
                .get(0);
        return List.of(upstream.map(m -> context.multiply(m, quotient, name))
                .combine(gradient, (rescaled, slope) -> context.add(new Op.Select(), name, far, rescaled, slope)));
    }
}
