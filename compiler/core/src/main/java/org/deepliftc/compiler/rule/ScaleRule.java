package org.deepliftc.compiler.rule;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * y = gamma (x - mean) / sqrt(variance + epsilon) + beta, channel by channel: batch normalisation with stored statistics.
 *
 * <p>m_x = m_y k, k = gamma / sqrt(variance + epsilon) (paper 2.3.1). Where k is negative the positive and the negative
 * part of a difference change places (arXiv 1704.02685, 3.5.3). Exact for any differences, 0 included.
 */
final class ScaleRule implements Rule {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String equation() {
        return "m = m gamma / sqrt(variance + epsilon)";
    }

    @Override
    public List<Multiplier> apply(Node node, Multiplier upstream, RuleContext context) {
        return List.of(context.scaled(upstream, scale(node, context), RuleContext.multiplierName(node, 0)));
    }

    @Override
    public Parts parts(Node node, RuleContext context) {
        return context.scaled(context.parts(node.input(0)), scale(node, context), node.name() + ".part");
    }

    /** k by channel, of a shape that broadcasts. */
    static Node scale(Node node, RuleContext context) {
        double epsilon = ((Op.BatchNorm) node.op()).epsilon();
        ConstantData gamma = node.input(1).constant();
        ConstantData variance = node.input(4).constant();
        int channels = gamma.size();
        double[] scale = new double[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = gamma.at(c) / Math.sqrt(variance.at(c) + epsilon);
        }
        List<Integer> dims = new ArrayList<>(List.of(channels));
        while (dims.size() < node.shape().rank()) {
            dims.add(1);
        }
        return context.builder().constant(ConstantData.real(new Shape(dims), scale), node.name() + ".scale");
    }
}
