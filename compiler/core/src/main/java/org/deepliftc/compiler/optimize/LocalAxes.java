package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Operators that mix the positions along some axes and keep the others. */
final class LocalAxes {
    private LocalAxes() {}

    /** A sum, mean or maximum; a sum leaves out what is 0. */
    record Reduce(Node node, Op.Reduce op) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            Box in = inputs.apply(0);
            if (op.kind() == Op.ReduceKind.MAX) {
                return Box.whole(node.shape());
            }
            return in.isEmpty() ? Box.none(node.shape()) : without(in);
        }

        /** A box of the input without the reduced axes. */
        private Box without(Box in) {
            List<Integer> starts = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            for (int axis = 0; axis < in.rank(); axis++) {
                boolean reduced = op.axes().contains(axis);
                if (!reduced || op.keepDims()) {
                    starts.add(reduced ? 0 : in.start(axis));
                    ends.add(reduced ? 1 : in.end(axis));
                }
            }
            return new Box(starts, ends);
        }

        @Override
        public Box needs(int input, Box out) {
            Box in = Box.whole(node.input(0).shape());
            int kept = 0;
            for (int axis = 0; axis < in.rank(); axis++) {
                boolean reduced = op.axes().contains(axis);
                if (!reduced) {
                    in = in.with(axis, out.start(kept), out.end(kept));
                }
                kept += reduced && !op.keepDims() ? 0 : 1;
            }
            return in;
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Part x = inputs.get(0);
            Box region = needs(0, out);
            for (int axis : op.axes()) {
                if (op.kind() == Op.ReduceKind.SUM && !x.box().isEmpty()) {
                    region = region.with(axis, x.box().start(axis), x.box().end(axis));
                }
            }
            return new Part(turn.like(node, op, x.read(region, turn)), out);
        }
    }

    /** A softmax along one axis. */
    record Softmax(Node node, int axis) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            return Box.whole(node.shape());
        }

        @Override
        public Box needs(int input, Box out) {
            return out.wholeAlong(axis, node.shape().dim(axis));
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            return new Part(turn.like(node, node.op(), reads(out, inputs, turn)), needs(0, out));
        }
    }

    /** A value repeated to a larger shape. */
    record Broadcast(Node node) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            return inputs.apply(0).broadcast(node.input(0).shape(), node.shape());
        }

        @Override
        public Box needs(int input, Box out) {
            return out.ofOperand(node.input(0).shape(), node.shape());
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            return new Part(turn.like(node, new Op.Broadcast(out.shape()), reads(out, inputs, turn)), out);
        }
    }

    /** A reshape: axes that stay as they are keep their box, those that are split or joined are taken whole. */
    record Reshape(Node node) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            Box in = inputs.apply(0);
            return in.isEmpty()
                    ? Box.none(node.shape())
                    : carried(in, node.input(0).shape(), node.shape());
        }

        @Override
        public Box needs(int input, Box out) {
            return carried(out, node.shape(), node.input(0).shape());
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Box in = needs(0, out);
            Box computed = carried(in, node.input(0).shape(), node.shape());
            Op reshape = new Op.Reshape(computed.shape());
            return new Part(turn.like(node, reshape, inputs.get(0).read(in, turn)), computed);
        }

        /** An axis stays as it is where as many elements lie in front of it, and within it, on both sides. */
        private static Box carried(Box box, Shape from, Shape to) {
            Box result = Box.whole(to);
            for (int a = 0; a < from.rank(); a++) {
                for (int b = 0; b < to.rank(); b++) {
                    boolean same = from.dim(a) == to.dim(b)
                            && from.upTo(a).size() == to.upTo(b).size();
                    if (same && from.dim(a) > 1) {
                        result = result.with(b, box.start(a), box.end(a));
                    }
                }
            }
            return result;
        }
    }
}
