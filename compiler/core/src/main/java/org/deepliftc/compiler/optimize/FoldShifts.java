package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * A constant for each channel that is added behind a dense layer or convolution joins its bias, one added in front of it
 * joins the bias by way of the weights. A sum in front of a border of zeros stays, for the border does not take part in
 * it, as does a sum that others read too. Transposes have no bias: multipliers have no sums with constants.
 */
final class FoldShifts implements Pass {
    @Override
    public Graph run(Graph graph) {
        ChannelSteps steps = new ChannelSteps(new Uses(graph), Op.BinaryKind.ADD);
        Map<Node, double[]> biases = new HashMap<>();
        Set<Node> gone = new HashSet<>();
        for (Linear.Side side : Linear.Side.values()) {
            for (Node node : graph.nodes()) {
                Linear.of(node)
                        .filter(linear -> linear.forward() && !isPadded(node.op()))
                        .ifPresent(linear -> steps.beside(linear, side)
                                .filter(found -> gone.add(found.step()))
                                .ifPresent(found -> biases.merge(
                                        node,
                                        side == Linear.Side.ROWS
                                                ? found.channels()
                                                : linear.ofConstantInput(found.channels()),
                                        FoldShifts::sum)));
            }
        }
        return biases.isEmpty() ? graph : rewritten(graph, biases, gone);
    }

    private static boolean isPadded(Op op) {
        return op instanceof Op.Convolution convolution && convolution.window().isPadded();
    }

    private static double[] sum(double[] a, double[] b) {
        double[] total = a.clone();
        for (int i = 0; i < total.length; i++) {
            total[i] += b[i];
        }
        return total;
    }

    private static Graph rewritten(Graph graph, Map<Node, double[]> biases, Set<Node> gone) {
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                if (gone.contains(node)) {
                    return inputs.get(inputs.get(0).isConstant() ? 1 : 0);
                }
                double[] more = biases.get(node);
                if (more == null) {
                    return keep(node, inputs, turn);
                }
                List<Node> changed = new ArrayList<>(inputs.subList(0, 2));
                double[] bias = inputs.size() > 2 ? sum(inputs.get(2).constant().toArray(), more) : more;
                String name = inputs.size() > 2 ? inputs.get(2).name() + ".shifted" : node.name() + ".bias";
                changed.add(turn.builder().constant(ConstantData.real(Shape.of(bias.length), bias), name));
                return turn.builder().addLike(node, node.op(), changed);
            }
        }.run(graph);
    }
}
