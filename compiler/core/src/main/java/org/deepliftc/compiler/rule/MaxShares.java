package org.deepliftc.compiler.rule;

import java.util.Optional;
import org.deepliftc.compiler.explain.MaxRule;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
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
     * A pool on both runs.
     *
     * @param x entries [channels, space...] on the example
     * @param r the same on the reference
     * @param y the maxima of x
     * @param y0 the maxima of r
     */
    record Pooled(Window window, Node x, Node r, Node y, Node y0) {
        static Pooled of(Window window, Node x, Node r, RuleContext context, String name) {
            Node y = context.add(new Op.MaxPool(window), name, x);
            return new Pooled(window, x, r, y, x == r ? y : context.add(new Op.MaxPool(window), name, r));
        }
    }

    /** The shares of a rule. */
    static MaxShares of(MaxRule rule, Pooled pooled, RuleContext context, String name) {
        return rule == MaxRule.SEGMENTS
                ? new Segments(pooled.window, pooled.x, pooled.r, context)
                : OneWinner.of(rule, pooled, context, name);
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
    record OneWinner(Node winner, Optional<Node> slope, Op.ScatterPositions scatter, RuleContext context)
            implements MaxShares {
        static OneWinner of(MaxRule rule, Pooled pooled, RuleContext context, String name) {
            Op.ArgMaxPool argMax = new Op.ArgMaxPool(pooled.window);
            Node x = pooled.x;
            Node r = pooled.r;
            Op.GatherPositions gather = Op.GatherPositions.in(pooled.window);
            Op.ScatterPositions scatter = new Op.ScatterPositions(x.shape().from(1), gather.window());
            Node ofActual = context.add(argMax, name + ".winnerOfActual", x);
            if (rule == MaxRule.GRADIENT) {
                return new OneWinner(ofActual, Optional.empty(), scatter, context);
            }
            Node winner = ofActual;
            if (rule == MaxRule.CROSS) {
                Node risen = context.add(new Op.Binary(Op.BinaryKind.AT_LEAST), name + ".risen", pooled.y, pooled.y0);
                Node ofReference = context.add(argMax, name + ".winnerOfReference", r);
                winner = context.add(new Op.Select(), name + ".winner", risen, ofActual, ofReference);
            }
            Node run = context.subtract(
                    context.add(gather, name + ".winner.actual", x, winner),
                    context.add(gather, name + ".winner.reference", r, winner),
                    name + ".winner.delta");
            Node rise = context.subtract(pooled.y, pooled.y0, name + ".delta");
            Node slope = context.add(new Op.Binary(Op.BinaryKind.SLOPE), name + ".slope", rise, run);
            return new OneWinner(winner, Optional.of(slope), scatter, context);
        }

        @Override
        public Node back(Node m, String name) {
            Node scaled = slope.map(s -> context.multiply(m, s, name)).orElse(m);
            return context.add(scatter, name, scaled, winner);
        }

        @Override
        public Node forward(Node entries, String name) {
            Node there = context.add(scatter.gather(), name, entries, winner);
            return slope.map(s -> context.multiply(there, s, name)).orElse(there);
        }
    }
}
