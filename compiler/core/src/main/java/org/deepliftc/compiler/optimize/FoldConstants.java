package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * Computes, in double precision, every node on the empty stage: the forward graph on a reference known when compiling,
 * multipliers of a linear tail for a fixed target.
 */
final class FoldConstants extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        if (inputs.isEmpty() || !inputs.stream().allMatch(Node::isConstant)) {
            return keep(node, inputs, turn);
        }
        List<ConstantData> values = inputs.stream().map(Node::constant).collect(Collectors.toList());
        ConstantData folded = Interpreter.fold(node.op(), values, node.shape(), node.type());
        return turn.like(node, new Op.Constant(folded));
    }
}
