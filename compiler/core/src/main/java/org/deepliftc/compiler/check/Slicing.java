package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.syntax.Expression;

/**
 * {@code x[0:10:2, :, -1]} with the meaning of numpy: negative positions count from the end, ranges are cut to the
 * axis, a single position takes the axis away. A range that selects nothing is an error.
 */
final class Slicing {
    private final Site site;
    private final Function<Expression, Value> evaluate;
    private final List<Integer> starts = new ArrayList<>();
    private final List<Integer> steps = new ArrayList<>();
    private final List<Integer> dims = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();

    Slicing(Site site, Function<Expression, Value> evaluate) {
        this.site = site;
        this.evaluate = evaluate;
    }

    Value slice(Node x, List<Expression.Subscript> subscripts) {
        if (subscripts.size() > x.shape().rank()) {
            throw Failure.of(
                    Problem.SHAPE002,
                    subscripts.get(x.shape().rank()).span(),
                    "there are " + subscripts.size() + " subscripts, but " + x.shape() + " has "
                            + x.shape().rank() + (x.shape().rank() == 1 ? " axis" : " axes"));
        }
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            int extent = x.shape().dim(axis);
            if (axis >= subscripts.size()) {
                keep(0, 1, extent);
            } else if (subscripts.get(axis).single().isPresent()) {
                single(subscripts.get(axis).single().get(), axis, extent);
            } else {
                range(subscripts.get(axis), axis, extent);
            }
        }
        Shape cut = new Shape(dims);
        boolean cuts = !cut.equals(x.shape()) || steps.stream().anyMatch(step -> step != 1);
        if (kept.size() == dims.size()) {
            return cuts ? site.result(new Op.Slice(starts, steps, cut), x) : new Value.Tensor(x);
        }
        Node whole = cuts ? site.step("cut", new Op.Slice(starts, steps, cut), x) : x;
        return site.result(new Op.Reshape(new Shape(kept)), whole);
    }

    private void keep(int start, int step, int extent) {
        starts.add(start);
        steps.add(step);
        dims.add(extent);
        kept.add(extent);
    }

    private void single(Expression position, int axis, int extent) {
        long index = whole(position);
        if (index < -extent || index >= extent) {
            throw Failure.of(
                    Problem.SHAPE002,
                    position.span(),
                    "there is no position " + index + " on axis " + axis + ", which has " + extent);
        }
        starts.add((int) (index < 0 ? index + extent : index));
        steps.add(1);
        dims.add(1);
    }

    private void range(Expression.Subscript range, int axis, int extent) {
        long step = range.step().map(this::whole).orElse(1L);
        if (step == 0 || Math.abs(step) > Arguments.LARGEST) {
            throw Failure.of(Problem.SHAPE002, range.span(), "a step of " + step + " selects nothing sensible");
        }
        long start = bound(range.start(), extent, step, step > 0 ? 0 : extent - 1L);
        long stop = bound(range.stop(), extent, step, step > 0 ? extent : -1L);
        long count =
                step > 0 ? Math.floorDiv(stop - start + step - 1, step) : Math.floorDiv(start - stop - step - 1, -step);
        if (count < 1) {
            throw Failure.of(
                    Problem.SHAPE002,
                    range.span(),
                    "this range selects nothing on axis " + axis + ", which has " + extent + " positions");
        }
        keep((int) start, count == 1 ? 1 : (int) step, (int) count);
    }

    /** A bound cut to the axis, as numpy does. */
    private long bound(Optional<Expression> written, int extent, long step, long otherwise) {
        if (written.isEmpty()) {
            return otherwise;
        }
        long position = whole(written.get());
        long fromStart = position < 0 ? Math.max(position, -extent - 1L) + extent : position;
        return step > 0 ? Math.min(Math.max(fromStart, 0), extent) : Math.min(Math.max(fromStart, -1), extent - 1L);
    }

    private long whole(Expression expression) {
        return whole(evaluate.apply(expression), expression.span());
    }

    static long whole(Value value, SourceSpan span) {
        if (value instanceof Value.Whole) {
            return ((Value.Whole) value).value();
        }
        throw Failure.of(Problem.CALL003, span, "expected a whole number here, but this is " + value.kind());
    }
}
