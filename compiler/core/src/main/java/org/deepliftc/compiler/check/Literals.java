package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Shape;

/** Numbers and lists of numbers to constants: {@code [[1, 2], [3, 4]]} has shape [2, 2]. */
final class Literals {
    private static final int MOST_AXES = 16;
    private static final int MOST_ELEMENTS = 1_000_000;

    private Literals() {}

    static ConstantData constant(Value value, SourceSpan span) {
        if (Numbers.isNumber(value)) {
            return ConstantData.scalar(Numbers.real(value).orElseThrow());
        }
        if (!(value instanceof Value.Items)) {
            throw Failure.of(Problem.CALL003, span, "expected a tensor here, but this is " + value.kind());
        }
        Value.Items items = (Value.Items) value;
        if (items.depth() > MOST_AXES || items.leaves() > MOST_ELEMENTS) {
            throw Failure.of(
                    Problem.LIMIT001,
                    span,
                    "this list has more than " + MOST_AXES + " levels or " + MOST_ELEMENTS + " elements",
                    "put the numbers into a weights file");
        }
        List<Integer> dims = new ArrayList<>();
        for (Value level = items;
                level instanceof Value.Items;
                level = ((Value.Items) level).elements().get(0)) {
            if (((Value.Items) level).elements().isEmpty()) {
                throw Failure.of(Problem.SHAPE003, span, "an empty list is no tensor: every extent is at least 1");
            }
            dims.add(((Value.Items) level).elements().size());
        }
        double[] values = new double[(int) items.leaves()];
        int filled = fill(items, dims, 0, values, 0, span);
        Shape shape = new Shape(dims);
        if (filled != shape.size()) {
            throw ragged(dims, span);
        }
        return ConstantData.real(shape, values);
    }

    private static int fill(Value value, List<Integer> dims, int axis, double[] values, int next, SourceSpan span) {
        if (axis == dims.size()) {
            values[next] = Numbers.real(value)
                    .orElseThrow(() -> value instanceof Value.Items
                            ? ragged(dims, span)
                            : Failure.of(Problem.CALL003, span, "a list of numbers cannot hold " + value.kind()));
            return next + 1;
        }
        if (!(value instanceof Value.Items) || ((Value.Items) value).elements().size() != dims.get(axis)) {
            throw ragged(dims, span);
        }
        int position = next;
        for (Value element : ((Value.Items) value).elements()) {
            position = fill(element, dims, axis + 1, values, position, span);
        }
        return position;
    }

    private static Failure ragged(List<Integer> dims, SourceSpan span) {
        return Failure.of(Problem.SHAPE003, span, "the rows of this list differ: its first entries make it " + dims);
    }
}
