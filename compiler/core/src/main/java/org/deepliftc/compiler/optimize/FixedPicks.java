package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** The element at a position known when compiling is a slice, which says what is needed in front of it. */
final class FixedPicks extends Rewrite {
    @Override
    Node rewrite(Node node, List<Node> inputs, Turn turn) {
        boolean fixed = node.op() instanceof Op.Pick
                && inputs.get(1).isConstant()
                && inputs.get(0).type() == ElementType.REAL
                && inputs.get(0).shape().rank() > 0;
        if (!fixed) {
            return keep(node, inputs, turn);
        }
        Shape shape = inputs.get(0).shape();
        int rest = (int) inputs.get(1).constant().at(0);
        List<Integer> position = new ArrayList<>();
        for (int stride : shape.strides()) {
            position.add(rest / stride);
            rest %= stride;
        }
        List<Integer> ones = Collections.nCopies(shape.rank(), 1);
        Node element = turn.like(node, new Op.Slice(position, ones, new Shape(ones)), inputs.get(0));
        return turn.like(node, new Op.Reshape(Shape.SCALAR), element);
    }
}
