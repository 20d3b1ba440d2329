package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * A node that multiplies a value by a constant, or adds one to it, without changing its shape: what batch normalisation,
 * scalar arithmetic and the rules leave behind.
 *
 * @param kind MULTIPLY or ADD; quotients and differences are written as these
 * @param constant broadcasts to the shape of {@code x}
 */
record ConstantStep(Op.BinaryKind kind, Node x, ConstantData constant) {

    /** The step that {@code op} makes on {@code inputs}; empty where it is none. */
    static Optional<ConstantStep> of(Op op, List<Node> inputs, Shape shape) {
        if (!(op instanceof Op.Binary binary)) {
            return Optional.empty();
        }
        int x = inputs.get(0).isConstant() ? 1 : 0;
        Node value = inputs.get(x);
        Node constant = inputs.get(1 - x);
        boolean isStep = constant.isConstant()
                && !value.isConstant()
                && value.shape().equals(shape)
                && value.type() == ElementType.REAL;
        if (!isStep) {
            return Optional.empty();
        }
        ConstantData data = constant.constant();
        return switch (binary.kind()) {
            case MULTIPLY, ADD -> Optional.of(new ConstantStep(binary.kind(), value, data));
            case DIVIDE ->
                x == 0
                        ? Optional.of(new ConstantStep(
                                Op.BinaryKind.MULTIPLY,
                                value,
                                combined(Op.BinaryKind.DIVIDE, ConstantData.scalar(1), data)))
                        : Optional.empty();
            case SUBTRACT ->
                x == 0
                        ? Optional.of(new ConstantStep(
                                Op.BinaryKind.ADD,
                                value,
                                combined(Op.BinaryKind.MULTIPLY, ConstantData.scalar(-1), data)))
                        : Optional.empty();
            case MAXIMUM, MINIMUM, AT_LEAST, SLOPE -> Optional.empty();
        };
    }

    static Optional<ConstantStep> of(Node node) {
        return of(node.op(), node.inputs(), node.shape());
    }

    boolean isScale() {
        return kind == Op.BinaryKind.MULTIPLY;
    }

    /** The constant, repeated to the shape of what it meets. */
    ConstantData whole() {
        Op repeat = new Op.Broadcast(x.shape());
        return Interpreter.fold(repeat, List.of(constant), x.shape(), ElementType.REAL);
    }

    /** {@code a kind b}, element by element. */
    static ConstantData combined(Op.BinaryKind kind, ConstantData a, ConstantData b) {
        Shape shape = Shape.broadcast(a.shape(), b.shape());
        return Interpreter.fold(new Op.Binary(kind), List.of(a, b), shape, ElementType.REAL);
    }
}
