package org.deepliftc.compiler.rule;

import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/**
 * An operator as a linear map of one input by constant weights: forward, and transposed. The bias takes no part.
 */
interface Weighting {

    /** The input that is mapped. */
    int data();

    /** The input that holds the weights. */
    int weights();

    /** The map, with weights of the same shape as the operator's. */
    Node forward(Node node, Node x, Node weights, RuleContext context);

    /** What reaches the input from {@code m} along the output. */
    Node back(Node node, Node m, Node weights, RuleContext context);

    /** What reaches the weights, where they stand before the data. */
    default Node toWeights(Node node, Node m, RuleContext context) {
        throw new IllegalStateException(node + " has its weights behind its data");
    }

    /** y = W x + b over the last axis. */
    record OfDense() implements Weighting {
        @Override
        public int data() {
            return 0;
        }

        @Override
        public int weights() {
            return 1;
        }

        @Override
        public Node forward(Node node, Node x, Node weights, RuleContext context) {
            return context.add(new Op.Dense(Op.Direction.FORWARD), node.name() + ".part", x, weights);
        }

        @Override
        public Node back(Node node, Node m, Node weights, RuleContext context) {
            String name = RuleContext.multiplierName(node, 0);
            return context.add(new Op.Dense(Op.Direction.TRANSPOSED), name, m, weights);
        }
    }

    /** A convolution. */
    record OfConvolution() implements Weighting {
        @Override
        public int data() {
            return 0;
        }

        @Override
        public int weights() {
            return 1;
        }

        @Override
        public Node forward(Node node, Node x, Node weights, RuleContext context) {
            return context.add(node.op(), node.name() + ".part", x, weights);
        }

        @Override
        public Node back(Node node, Node m, Node weights, RuleContext context) {
            Op.Convolution op = (Op.Convolution) node.op();
            Shape space = node.input(0).shape().from(1);
            Op transposed = new Op.ConvolutionTransposed(op.window(), op.groups(), space);
            return context.add(transposed, RuleContext.multiplierName(node, 0), m, weights);
        }
    }

    /** The transpose of a convolution. */
    record OfConvolutionTransposed() implements Weighting {
        @Override
        public int data() {
            return 0;
        }

        @Override
        public int weights() {
            return 1;
        }

        @Override
        public Node forward(Node node, Node x, Node weights, RuleContext context) {
            return context.add(node.op(), node.name() + ".part", x, weights);
        }

        @Override
        public Node back(Node node, Node m, Node weights, RuleContext context) {
            Op.ConvolutionTransposed op = (Op.ConvolutionTransposed) node.op();
            Op convolution = new Op.Convolution(op.window(), op.groups());
            return context.add(convolution, RuleContext.multiplierName(node, 0), m, weights);
        }
    }

    /** A matrix product with a constant on the other side of input {@code data}. */
    record OfMatMul(int data) implements Weighting {
        @Override
        public int weights() {
            return 1 - data;
        }

        @Override
        public Node forward(Node node, Node x, Node weights, RuleContext context) {
            String name = node.name() + ".part";
            return data == 0 ? context.add(node.op(), name, x, weights) : context.add(node.op(), name, weights, x);
        }

        @Override
        public Node back(Node node, Node m, Node weights, RuleContext context) {
            return MatMulRule.back(node, data, m, weights, context);
        }

        @Override
        public Node toWeights(Node node, Node m, RuleContext context) {
            return MatMulRule.back(node, weights(), m, context.actual(node.input(data)), context);
        }
    }
}
