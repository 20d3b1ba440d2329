package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * A transposed convolution of stride 1 becomes a convolution: of the multipliers inside a border, by the weights with
 * channels exchanged and taps reversed. Its sums then run over neighbouring weights in registers. Left alone where the
 * multipliers are sparse: scattering the few that differ from zero is far less work. Relies on padding being expanded.
 */
final class DirectTransposes extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (!(node.op() instanceof Op.ConvolutionTransposed)) {
            return keep(node, inputs, turn);
        }
        Op.ConvolutionTransposed op = (Op.ConvolutionTransposed) node.op();
        boolean unitStride = op.window().stride().stream().allMatch(s -> s == 1);
        if (!unitStride || !inputs.get(1).isConstant() || Sparsity.isSparse(node.input(0))) {
            return keep(node, inputs, turn);
        }
        Node weights = turn.builder()
                .constant(
                        reversed(inputs.get(1).constant(), op.groups()),
                        inputs.get(1).name() + ".transposed");
        Node bordered = bordered(inputs.get(0), op.window(), turn);
        return turn.like(node, new Op.Convolution(op.window(), op.groups()), bordered, weights);
    }

    private static Node bordered(Node m, Window window, Turn turn) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        Shape shape = m.shape();
        for (int axis = 0; axis < window.rank(); axis++) {
            int border = window.reach(axis) - 1;
            starts.add(border);
            shape = shape.with(axis + 1, shape.dim(axis + 1) + 2 * border);
        }
        Op.Embed embed = new Op.Embed(starts, Collections.nCopies(shape.rank(), 1), shape, 0);
        return turn.builder().add(embed, m.name() + ".bordered", m);
    }

    /** [O, C / groups, k...] to [C, O / groups, k reversed...]. */
    private static ConstantData reversed(ConstantData weights, int groups) {
        Shape shape = weights.shape();
        int filters = shape.dim(0) / groups;
        int channels = shape.dim(1);
        int taps = shape.from(2).size();
        double[] values = new double[weights.size()];
        for (int g = 0; g < groups; g++) {
            for (int o = 0; o < filters; o++) {
                for (int c = 0; c < channels; c++) {
                    for (int t = 0; t < taps; t++) {
                        int from = ((g * filters + o) * channels + c) * taps + t;
                        int to = ((g * channels + c) * filters + o) * taps + (taps - 1 - t);
                        values[to] = weights.at(from);
                    }
                }
            }
        }
        return ConstantData.real(shape.with(0, channels * groups).with(1, filters), values);
    }
}
