package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * A softmax inside a network by the paper's decomposition where that is well-conditioned, and free of shifts where it is not.
 *
 * <p>The decomposition ({@link DecomposedSoftmax}) hands out shares that grow with the exponential of what all logits move by, and
 * cancel. Along each row their sizes are added up and compared with the change of the target: up to {@link #WELL_CONDITIONED}
 * times that the decomposition counts alone, from twice as much on {@link ShiftFreeSoftmax} does, between both in proportion.
 * Both are exact, so their mixture is. With two channels (reveal-cancel) it is the decomposition.
 */
final class GuardedSoftmax implements Rule {
    /** Shares that cancel to a smaller part of their size say nothing about single logits. */
    private static final double WELL_CONDITIONED = 32;

    private static final double LEAST = 1e-30;

    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public String equation() {
        return "exp, sum, reciprocal and product, each by its rule; free of shifts where their shares would cancel";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        SoftmaxRun.Both runs = SoftmaxRun.Both.of(node, context);
        DecomposedSoftmax decomposed = new DecomposedSoftmax(true);
        if (runs.areOne() || !upstream.isSingle()) {
            return decomposed.apply(node, upstream, context);
        }
        String name = RuleContext.multiplierName(node, 0);
        Node byPaper = decomposed.apply(node, upstream, context).get(0).positive();
        Node free = new ShiftFreeSoftmax().apply(node, upstream, context).get(0).positive();
        Node paper = share(byPaper, runs, context);
        Node rest = context.subtract(context.builder().constant(1), paper, name);
        Node mixed = context.plus(context.multiply(byPaper, paper, name), context.multiply(free, rest, name), name);
        return List.of(Multiplier.of(mixed));
    }

    /** How much of the decomposition is used, along each row. */
    private static Node share(Node byPaper, SoftmaxRun.Both runs, RuleContext context) {
        String name = runs.name("balance");
        Node handed = runs.actual().sum(size(context.multiply(byPaper, runs.differences(), name), context));
        Node allowed = context.multiply(
                size(context.change(), context), context.builder().constant(WELL_CONDITIONED), name);
        Node least = context.builder().constant(LEAST);
        Node divisor = context.add(new Op.Binary(Op.BinaryKind.MAXIMUM), name, allowed, least);
        return Balance.share(context.add(new Op.Binary(Op.BinaryKind.DIVIDE), name, handed, divisor), name, context);
    }

    private static Node size(Node value, RuleContext context) {
        return context.add(SoftmaxRun.SIZE, value.name(), value);
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        return new DecomposedSoftmax(true).parts(node, context);
    }
}
