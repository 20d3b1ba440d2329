package org.deepliftc.compiler.rule;

import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;

/**
 * y = W x + b, a convolution, or a matrix product with a constant.
 *
 * <p>m_x = W^T m_y (paper 2.3.1); the bias takes no part. With two channels (arXiv 1704.02685, 3.5.3) the terms of y are
 * split by the sign of weight and whole difference of x: P_y = W+ max(dx, 0) + W- min(dx, 0), N_y = W- max(dx, 0) +
 * W+ min(dx, 0) with W+ = max(W, 0), W- = min(W, 0). Then m_x = W+^T m+ + W-^T m- where dx > 0, W-^T m+ + W+^T m- where
 * dx < 0, and the mean of the two, W^T (m+ + m-) / 2, where dx = 0: one multiplier for both channels. Exact for any
 * differences.
 */
record WeightsRule(String equation, Weighting weighting) implements Rule {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        Multiplier toData = upstream.isSingle()
                ? upstream.map(m -> weighting.back(node, m, context.actual(node.input(weighting.weights())), context))
                : Multiplier.of(bySign(node, upstream, context));
        if (weighting.data() == 0) {
            return List.of(toData);
        }
        Node unused = weighting.toWeights(node, upstream.positive(), context); // the walk ends at constants
        return List.of(Multiplier.of(unused), toData);
    }

    private Node bySign(Node node, Multiplier upstream, RuleContext context) {
        Node up = weights(node, true, context);
        Node down = weights(node, false, context);
        String name = RuleContext.multiplierName(node, weighting.data());
        Node rising = context.plus(
                weighting.back(node, upstream.positive(), up, context),
                weighting.back(node, upstream.negative(), down, context),
                name);
        Node falling = context.plus(
                weighting.back(node, upstream.positive(), down, context),
                weighting.back(node, upstream.negative(), up, context),
                name);
        return context.bySign(node.input(weighting.data()), rising, falling, name);
    }

    @Override
    public boolean splitsAnew() {
        return true;
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        Parts x = context.signs(node.input(weighting.data()));
        Node up = weights(node, true, context);
        Node down = weights(node, false, context);
        String name = node.name() + ".part";
        return new Parts(
                context.plus(
                        weighting.forward(node, x.positive(), up, context),
                        weighting.forward(node, x.negative(), down, context),
                        name),
                context.plus(
                        weighting.forward(node, x.positive(), down, context),
                        weighting.forward(node, x.negative(), up, context),
                        name));
    }

    /** max(W, 0) or min(W, 0). */
    private Node weights(Node node, boolean positive, RuleContext context) {
        Node all = context.actual(node.input(weighting.weights()));
        ConstantData data = all.constant();
        double[] kept = new double[data.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = positive ? Math.max(data.at(i), 0) : Math.min(data.at(i), 0);
        }
        String name = all.name() + (positive ? ".positive" : ".negative");
        return context.builder().constant(ConstantData.real(data.shape(), kept), name);
    }
}
