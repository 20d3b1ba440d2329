package org.deepliftc.compiler.rule;

import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * What each entry of a window takes of the change of the window's maximum, as a linear map: entries to maxima, and back.
 */
interface MaxShares {

    /** From [channels, windows...] to the entries. */
    Node back(Node m, String name);

    /** From the entries to [channels, windows...]. */
    Node forward(Node entries, String name);

    /**
     * The shares of a rule.
     *
     * @param x entries [channels, space...] on the example
     * @param r the same on the reference
     */
    static MaxShares of(MaxRule rule, Window window, Node x, Node r, RuleContext context, String name) {
        return rule == MaxRule.SEGMENTS
                ? new Segments(window, x, r, context)
                : OneWinner.of(rule, window, x, r, context, name);
    }

    /** Eq. 14: each entry by the part of the straight path on which it is the largest. */
    record Segments(Window window, Node x, Node r, RuleContext context) implements MaxShares {
        private Op.SegmentPool op(Op.Direction direction) {
            return new Op.SegmentPool(window, direction, x.shape().from(1));
        }

        @Override
        public Node back(Node m, String name) {
            return context.add(op(Op.Direction.TRANSPOSED), name, m, x, r);
        }

        @Override
        public Node forward(Node entries, String name) {
            return context.add(op(Op.Direction.FORWARD), name, entries, x, r);
        }
    }

    /** One entry takes all, times a slope. */
    record OneWinner(Node winner, java.util.Optional<Node> slope, Shape space, RuleContext context)
            implements MaxShares {
        static OneWinner of(MaxRule rule, Window window, Node x, Node r, RuleContext context, String name) {
            Op.ArgMaxPool argMax = new Op.ArgMaxPool(window);
            Shape space = x.shape().from(1);
            Node ofActual = context.add(argMax, name + ".winnerOfActual", x);
            if (rule == MaxRule.GRADIENT) {
                return new OneWinner(ofActual, java.util.Optional.empty(), space, context);
            }
            Node y = context.add(new Op.MaxPool(window), name, x);
            Node y0 = x == r ? y : context.add(new Op.MaxPool(window), name + ".reference", r);
            Node winner = ofActual;
            if (rule == MaxRule.CROSS) {
                Node risen = context.add(new Op.Binary(Op.BinaryKind.AT_LEAST), name + ".risen", y, y0);
                Node ofReference = context.add(argMax, name + ".winnerOfReference", r);
                winner = context.add(new Op.Select(), name + ".winner", risen, ofActual, ofReference);
            }
            Node run = context.subtract(
                    context.add(new Op.GatherPositions(), name + ".winner.actual", x, winner),
                    context.add(new Op.GatherPositions(), name + ".winner.reference", r, winner),
                    name + ".winner.delta");
            Node rise = context.subtract(y, y0, name + ".delta");
            Node slope = context.add(new Op.Binary(Op.BinaryKind.SLOPE), name + ".slope", rise, run);
            return new OneWinner(winner, java.util.Optional.of(slope), space, context);
        }

        @Override
        public Node back(Node m, String name) {
            Node scaled = slope.map(s -> context.multiply(m, s, name)).orElse(m);
            return context.add(new Op.ScatterPositions(space), name, scaled, winner);
        }

        @Override
        public Node forward(Node entries, String name) {
            Node there = context.add(new Op.GatherPositions(), name, entries, winner);
            return slope.map(s -> context.multiply(there, s, name)).orElse(there);
        }
    }
}
