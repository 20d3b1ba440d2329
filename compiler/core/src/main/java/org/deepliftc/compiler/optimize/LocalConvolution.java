package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** A convolution: of few outputs only what their windows see is read, of few channels only their filters. */
record LocalConvolution(Node node, Op.Convolution op) implements Local {

    private Spans spans() {
        return new Spans(op.window(), node.input(0).shape().from(1));
    }

    /** Groups are computed together. */
    private Box rounded(Box out) {
        return op.groups() == 1 ? out : out.wholeAlong(0, node.shape().dim(0));
    }

    @Override
    public Box support(IntFunction<Box> inputs) {
        return Box.whole(node.shape());
    }

    @Override
    public Box needs(int input, Box out) {
        Shape shape = node.input(input).shape();
        if (input == 0) {
            return spans().seen(out).wholeAlong(0, shape.dim(0));
        }
        Box filters = rounded(out);
        return Box.whole(shape).with(0, filters.start(0), filters.end(0));
    }

    @Override
    public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
        Op narrowed = new Op.Convolution(spans().over(out), op.groups());
        return new Part(turn.like(node, narrowed, reads(out, inputs, turn)), rounded(out));
    }

    /** The transpose: multipliers of few outputs reach what their windows see, and nothing else. */
    record Transposed(Node node, Op.ConvolutionTransposed op) implements Local {

        private Spans spans() {
            return new Spans(op.window(), op.space());
        }

        @Override
        public Box support(IntFunction<Box> inputs) {
            Box m = inputs.apply(0);
            return m.isEmpty()
                    ? Box.none(node.shape())
                    : spans().seen(m).wholeAlong(0, node.shape().dim(0));
        }

        @Override
        public Box needs(int input, Box out) {
            Shape shape = node.input(input).shape();
            return input == 0 ? spans().seeing(out).wholeAlong(0, shape.dim(0)) : Box.whole(shape);
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Box m = inputs.get(0).box().intersect(needs(0, out));
            if (op.groups() > 1) {
                m = m.wholeAlong(0, node.input(0).shape().dim(0));
            }
            if (m.isEmpty()) {
                return Part.zeros(node);
            }
            Box channels = op.groups() > 1 ? out.wholeAlong(0, node.shape().dim(0)) : out;
            Box reached = spans().seen(m).with(0, channels.start(0), channels.end(0));
            Box weights = Box.whole(node.input(1).shape());
            if (op.groups() == 1) {
                weights = weights.with(0, m.start(0), m.end(0)).with(1, channels.start(0), channels.end(0));
            }
            Op narrowed = new Op.ConvolutionTransposed(
                    spans().over(m), op.groups(), reached.shape().from(1));
            List<Node> reads = new ArrayList<>();
            reads.add(inputs.get(0).read(m, turn));
            reads.add(inputs.get(1).read(weights, turn));
            return new Part(turn.builder().addLike(node, narrowed, reads), reached);
        }
    }
}
