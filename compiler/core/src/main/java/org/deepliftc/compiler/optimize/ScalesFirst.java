package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * Behind a dense layer or convolution (x + a) * b, a and b constant, becomes x * b + ab, so that the product stands where
 * the weights can take it up; the bias that normalised one-hot filters have at each position stands between them
 * otherwise. Left where others read x + a too, or where ab would be larger than a.
 */
final class ScalesFirst implements Pass {
    @Override
    public Graph run(Graph graph) {
        Uses uses = new Uses(graph);
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                Node kept = keep(node, inputs, turn);
                Optional<ConstantStep> scale = ConstantStep.of(kept).filter(ConstantStep::isScale);
                if (scale.isEmpty()
                        || uses.only(node.input(inputs.indexOf(scale.get().x())))
                                .isEmpty()) {
                    return kept;
                }
                return ConstantStep.of(scale.get().x())
                        .filter(shift -> !shift.isScale())
                        .filter(shift ->
                                Linear.of(shift.x()).filter(Linear::forward).isPresent())
                        .map(shift -> swapped(kept, scale.get(), shift, turn))
                        .orElse(kept);
            }
        }.run(graph);
    }

    private static Node swapped(Node node, ConstantStep scale, ConstantStep shift, Rewrite.Turn turn) {
        ConstantData scaledShift = ConstantStep.combined(scale.kind(), shift.constant(), scale.constant());
        if (scaledShift.size()
                > Math.max(shift.constant().size(), scale.constant().size())) {
            return node;
        }
        Node factor = turn.builder().constant(scale.constant(), node.name() + ".scale");
        Node product = turn.builder().add(new Op.Binary(scale.kind()), node.name() + ".scaled", shift.x(), factor);
        Node summand = turn.builder().constant(scaledShift, node.name() + ".shift");
        return turn.like(node, new Op.Binary(shift.kind()), product, summand);
    }
}
