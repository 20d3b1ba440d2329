package org.deepliftc.compiler.optimize;

import java.util.List;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;

/** A pool and, for means, its transpose, which hands multipliers to what their windows see. */
record LocalPool(Node node, Spans spans) implements Local {

    private boolean isTransposed() {
        return node.op() instanceof Op.AveragePool average && average.direction() == Op.Direction.TRANSPOSED;
    }

    @Override
    public Box support(IntFunction<Box> inputs) {
        if (!isTransposed()) {
            return Box.whole(node.shape());
        }
        Box m = inputs.apply(0);
        return m.isEmpty() ? Box.none(node.shape()) : spans.seen(m);
    }

    @Override
    public Box needs(int input, Box out) {
        return isTransposed() ? spans.seeing(out) : spans.seen(out);
    }

    @Override
    public Part compute(Box out, List<Part> inputs, Rewrite.Turn turn) {
        if (!isTransposed()) {
            Op op = narrowed(out, spans.seen(out));
            return new Part(turn.like(node, op, reads(out, inputs, turn)), out);
        }
        Box m = inputs.get(0).box().intersect(needs(0, out));
        if (m.isEmpty()) {
            return Part.zeros(node);
        }
        Box reached = spans.seen(m);
        return new Part(turn.like(node, narrowed(m, reached), inputs.get(0).read(m, turn)), reached);
    }

    /** The same operator between the windows {@code windows} and the input positions {@code seen}. */
    private Op narrowed(Box windows, Box seen) {
        if (node.op() instanceof Op.AveragePool average) {
            return new Op.AveragePool(
                    spans.over(windows),
                    average.countPadding(),
                    average.direction(),
                    seen.shape().from(1));
        }
        return node.op() instanceof Op.MaxPool
                ? new Op.MaxPool(spans.over(windows))
                : new Op.ArgMaxPool(spans.over(windows));
    }
}
