package org.deepliftc.compiler.graph;

import java.util.List;

/** The element type an operator yields. */
final class ElementTypes {
    private ElementTypes() {}

    static ElementType of(Op op, List<Node> inputs) {
        if (op instanceof Op.Input) {
            return ((Op.Input) op).type();
        }
        if (op instanceof Op.Constant) {
            return ((Op.Constant) op).data().type();
        }
        if (op instanceof Op.ArgMaxPool || op instanceof Op.ArgMax) {
            return ElementType.INDEX;
        }
        if (op instanceof Op.Select) {
            return inputs.get(1).type();
        }
        if (op instanceof Op.Reshape || op instanceof Op.Broadcast || op instanceof Op.Transpose) {
            return inputs.get(0).type();
        }
        return ElementType.REAL;
    }
}
