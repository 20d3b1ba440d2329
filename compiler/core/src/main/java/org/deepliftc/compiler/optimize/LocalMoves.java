package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** Operators that cut, surround and join; most of them are nothing but another box. */
final class LocalMoves {
    private LocalMoves() {}

    private static boolean isUnit(List<Integer> steps) {
        return steps.stream().allMatch(step -> step == 1);
    }

    /** A slice: with steps of 1 it is its input, seen from another start. */
    record Slice(Node node, Op.Slice op) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            return isUnit(op.steps())
                    ? inputs.apply(0)
                            .intersect(Box.whole(op.shape()).shifted(op.starts(), 1))
                            .shifted(op.starts(), -1)
                    : Box.whole(op.shape());
        }

        @Override
        public Box needs(int input, Box out) {
            Box needs = out;
            for (int axis = 0; axis < out.rank(); axis++) {
                int first = op.starts().get(axis) + out.start(axis) * op.steps().get(axis);
                int last =
                        op.starts().get(axis) + (out.end(axis) - 1) * op.steps().get(axis);
                needs = needs.with(axis, Math.min(first, last), Math.max(first, last) + 1);
            }
            return needs;
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Box region = needs(0, out);
            if (isUnit(op.steps())) {
                Part part = inputs.get(0).within(region, turn);
                return new Part(part.node(), part.box().shifted(op.starts(), -1));
            }
            List<Integer> starts = new ArrayList<>();
            for (int axis = 0; axis < out.rank(); axis++) {
                int first = op.starts().get(axis) + out.start(axis) * op.steps().get(axis);
                starts.add(first - region.start(axis));
            }
            Op slice = new Op.Slice(starts, op.steps(), out.shape());
            return new Part(turn.like(node, slice, reads(out, inputs, turn)), out);
        }
    }

    /** A value inside a larger one, with steps of 1: among zeros it is its input, seen from another start. */
    record Embed(Node node, Op.Embed op) implements Local {
        static boolean applies(Op.Embed op) {
            return isUnit(op.steps());
        }

        @Override
        public Box support(IntFunction<Box> inputs) {
            return op.value() == 0 ? inputs.apply(0).shifted(op.starts(), 1) : Box.whole(op.shape());
        }

        @Override
        public Box needs(int input, Box out) {
            return out.shifted(op.starts(), -1)
                    .intersect(Box.whole(node.input(0).shape()));
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            Box region = needs(0, out);
            if (op.value() == 0) {
                Part part = inputs.get(0).within(region, turn);
                return new Part(part.node(), part.box().shifted(op.starts(), 1));
            }
            if (region.isEmpty()) {
                double[] values = new double[out.shape().size()];
                java.util.Arrays.fill(values, op.value());
                return new Part(turn.builder().constant(ConstantData.real(out.shape(), values), node.name()), out);
            }
            Box inside = region.shifted(op.starts(), 1);
            Op embed = new Op.Embed(Part.offsets(inside, out), op.steps(), out.shape(), op.value());
            return new Part(turn.like(node, embed, inputs.get(0).read(region, turn)), out);
        }
    }

    /** Values beside each other, of which those that are not needed fall away. */
    record Concat(Node node, Op.Concat op) implements Local {
        private List<Integer> offsets(int input) {
            List<Integer> offsets =
                    new ArrayList<>(java.util.Collections.nCopies(node.shape().rank(), 0));
            for (int i = 0; i < input; i++) {
                offsets.set(
                        op.axis(),
                        offsets.get(op.axis()) + node.input(i).shape().dim(op.axis()));
            }
            return offsets;
        }

        @Override
        public Box support(IntFunction<Box> inputs) {
            Box support = Box.none(node.shape());
            for (int i = 0; i < node.inputs().size(); i++) {
                support = support.hull(inputs.apply(i).shifted(offsets(i), 1));
            }
            return support;
        }

        @Override
        public Box needs(int input, Box out) {
            return out.shifted(offsets(input), -1)
                    .intersect(Box.whole(node.input(input).shape()));
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            List<Node> joined = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                Box region = needs(i, out);
                if (!region.isEmpty()) {
                    joined.add(inputs.get(i).read(region, turn));
                }
            }
            return new Part(joined.size() == 1 ? joined.get(0) : turn.builder().addLike(node, op, joined), out);
        }
    }

    /** Axes in another order. */
    record Transpose(Node node, Op.Transpose op) implements Local {
        @Override
        public Box support(IntFunction<Box> inputs) {
            Box in = inputs.apply(0);
            Box out = in;
            for (int axis = 0; axis < node.shape().rank() && !in.isEmpty(); axis++) {
                int from = op.permutation().get(axis);
                out = out.with(axis, in.start(from), in.end(from));
            }
            return out;
        }

        @Override
        public Box needs(int input, Box out) {
            Box in = out;
            for (int axis = 0; axis < out.rank(); axis++) {
                in = in.with(op.permutation().get(axis), out.start(axis), out.end(axis));
            }
            return in;
        }

        @Override
        public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
            return new Part(turn.like(node, op, reads(out, inputs, turn)), out);
        }
    }
}
