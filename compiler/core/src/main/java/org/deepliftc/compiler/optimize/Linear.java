package org.deepliftc.compiler.optimize;

import java.util.Optional;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * A dense layer or convolution with constant weights, in either direction: its weights are a matrix with a row for each
 * output channel of the model's layer and a column for each input channel.
 */
record Linear(Node node, boolean forward, int groups) {

    /** The two sides of a matrix of weights. */
    enum Side {
        /** Output channels of the forward direction. */
        ROWS,
        /** Input channels of the forward direction. */
        COLUMNS
    }

    static Optional<Linear> of(Node node) {
        if (node.inputs().size() < 2 || !node.inputs().stream().skip(1).allMatch(Node::isConstant)) {
            return Optional.empty();
        }
        if (node.op() instanceof Op.Dense dense) {
            return Optional.of(new Linear(node, dense.direction() == Op.Direction.FORWARD, 1));
        }
        if (node.op() instanceof Op.Convolution convolution) {
            return Optional.of(new Linear(node, true, convolution.groups()));
        }
        if (node.op() instanceof Op.ConvolutionTransposed transposed) {
            return Optional.of(new Linear(node, false, transposed.groups()));
        }
        return Optional.empty();
    }

    Node weights() {
        return node.input(1);
    }

    /** True where the channels of {@code side} are those of what the node reads, not of what it makes. */
    boolean reads(Side side) {
        return forward == (side == Side.COLUMNS);
    }

    int channels(Side side) {
        Shape shape = weights().shape();
        return side == Side.ROWS ? shape.dim(0) : shape.dim(1) * groups;
    }

    /** For each element of a value of {@code shape} at this node's input or output, the number of its channel. */
    ConstantData channelNumbers(Shape shape) {
        int axis = node.op() instanceof Op.Dense ? shape.rank() - 1 : 0;
        int stride = shape.strides()[axis];
        double[] numbers = IntStream.range(0, shape.size())
                .mapToDouble(i -> i / stride % shape.dim(axis))
                .toArray();
        return ConstantData.real(shape, numbers);
    }

    /** The weights with each row, or each column, multiplied by its factor. */
    ConstantData scaled(Side side, double[] factors) {
        ConstantData weights = weights().constant();
        Shape shape = weights.shape();
        int columns = shape.dim(1);
        int taps = shape.from(2).size();
        int rowsOfGroup = shape.dim(0) / groups;
        double[] values = weights.toArray();
        for (int i = 0; i < values.length; i++) {
            int row = i / (columns * taps);
            int column = row / rowsOfGroup * columns + i / taps % columns;
            values[i] *= factors[side == Side.ROWS ? row : column];
        }
        return ConstantData.real(shape, values);
    }

    /** What the node makes of an input that has the same value all over a channel, without its bias; by output channel. */
    double[] ofConstantInput(double[] channelValues) {
        Shape shape = weights().shape();
        int taps = shape.from(2).size();
        double[] outputs = new double[shape.dim(0)];
        double[] weights = weights().constant().toArray();
        int columns = shape.dim(1);
        for (int i = 0; i < weights.length; i++) {
            int row = i / (columns * taps);
            int column = row / (shape.dim(0) / groups) * columns + i / taps % columns;
            outputs[row] += weights[i] * channelValues[column];
        }
        return outputs;
    }

    /** A value moved as {@code move} moves its input. */
    static ConstantData moved(Op move, ConstantData value, Shape to) {
        return Interpreter.fold(move, java.util.List.of(value), to, ElementType.REAL);
    }
}
