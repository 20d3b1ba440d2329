package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/**
 * (x * a) * b becomes x * ab and (x + a) + b becomes x + (a + b), a and b constant. Steps that others read too stay, as do
 * those whose constants together would be larger than either. Runs behind the passes that fold such steps into weights:
 * a scale that was merged with another may no longer be the same for all uses of the weights.
 */
final class MergeSteps implements Pass {
    @Override
    public Graph run(Graph graph) {
        Uses uses = new Uses(graph);
        return new Rewrite() {
            @Override
            Node rewrite(Node node, List<Node> inputs, Turn turn) {
                Node kept = keep(node, inputs, turn);
                Optional<ConstantStep> outer = ConstantStep.of(kept);
                if (outer.isEmpty()
                        || uses.only(node.input(inputs.indexOf(outer.get().x())))
                                .isEmpty()) {
                    return kept;
                }
                return ConstantStep.of(outer.get().x())
                        .filter(inner -> inner.kind() == outer.get().kind())
                        .map(inner -> merged(kept, outer.get(), inner, turn))
                        .orElse(kept);
            }
        }.run(graph);
    }

    private static Node merged(Node node, ConstantStep outer, ConstantStep inner, Rewrite.Turn turn) {
        ConstantData combined = ConstantStep.combined(outer.kind(), inner.constant(), outer.constant());
        if (combined.size() > Math.max(inner.constant().size(), outer.constant().size())) {
            return node;
        }
        Node constant = turn.builder().constant(combined, node.name() + (inner.isScale() ? ".scale" : ".shift"));
        return turn.like(node, new Op.Binary(outer.kind()), inner.x(), constant);
    }
}
