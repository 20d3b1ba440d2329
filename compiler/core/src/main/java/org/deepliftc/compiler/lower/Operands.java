package org.deepliftc.compiler.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.loop.Buffer;
import org.deepliftc.compiler.loop.Expr;

/** Where the values of nodes lie while the steps of one graph are written. */
final class Operands {
    private final Constants constants;
    private final Map<Node, Buffer> buffers = new HashMap<>();

    Operands(Constants constants) {
        this.constants = constants;
    }

    void place(Node node, Buffer buffer) {
        buffers.put(node, buffer);
    }

    /** The buffer that holds a node; a reshape shares that of its input. */
    Buffer buffer(Node node) {
        if (node.isConstant()) {
            return constants.buffer(node, Optional.empty());
        }
        if (node.op() instanceof Op.Reshape && !buffers.containsKey(node)) {
            return buffer(node.input(0));
        }
        Buffer buffer = buffers.get(node);
        if (buffer == null) {
            throw new IllegalStateException(node + " is read before it has a place");
        }
        return buffer;
    }

    /** A constant whose axes lie in another order in memory. */
    Buffer packed(Node constant, List<Integer> order) {
        return constants.buffer(constant, Optional.of(order));
    }

    /** Element {@code index} of a node; a literal where the node is one known number. */
    Expr load(Node node, Expr index) {
        if (node.isConstant() && node.constant().size() == 1) {
            double value = node.constant().at(0);
            return node.type() == ElementType.INDEX ? Code.integer((int) value) : Code.real(value);
        }
        return new Expr.Load(buffer(node), index);
    }
}
