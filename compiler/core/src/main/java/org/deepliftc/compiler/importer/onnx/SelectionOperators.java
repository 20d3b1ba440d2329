package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/** Operators that take parts, put parts together, or put them elsewhere. */
final class SelectionOperators {
    private SelectionOperators() {}

    static void list(Operators table) {
        table.add("Concat", SelectionOperators::concat);
        table.add("Slice", SelectionOperators::slice);
        table.several("Split", "", SelectionOperators::split);
        table.add("Gather", "constant indices, or rows of a constant table", SelectionOperators::gather);
        table.add("GatherND", "constant indices", SelectionOperators::gatherElementsAt);
        table.add("Pad", SelectionOperators::pad);
        table.add("Trilu", SelectionOperators::triangle);
        table.add("CumSum", SelectionOperators::cumulative);
    }

    private static Value concat(Call call) {
        List<Computed> parts = new ArrayList<>();
        for (int i = 0; i < call.inputs(); i++) {
            if (!isNothing(call, i)) {
                parts.add(call.x(i));
            }
        }
        if (parts.isEmpty()) {
            return call.value(0);
        }
        return joined(
                call, parts, call.axis(call.integer("axis", 1), parts.get(0).rank()));
    }

    /** Nothing of a shape: shape arithmetic takes what lies behind its last axis, and joins it to the rest. */
    private static boolean isNothing(Call call, int input) {
        return call.knownIf(input)
                .filter(known -> known.dims().equals(List.of(0)))
                .isPresent();
    }

    /** Tensors one after the other along an axis of the file. */
    static Value joined(Call call, List<Computed> tensors, int axis) {
        List<Computed> parts = new ArrayList<>(tensors);
        Batch batch = parts.stream()
                .map(Computed::batch)
                .filter(b -> !b.isNone())
                .findFirst()
                .orElse(Batch.NONE);
        boolean alike = parts.stream().allMatch(x -> x.batch().equals(batch));
        if (!alike || batch.axis() == axis) {
            if (batch.extent() > 1 && batch.axis() != axis) {
                throw ImportFailure.mixing("joins tensors whose examples lie along different axes");
            }
            Call part = call.forPart("example");
            parts.replaceAll(x -> Examples.explicit(part, x));
        }
        Batch common = parts.get(0).batch();
        if (parts.size() == 1) {
            return parts.get(0);
        }
        Node[] nodes = parts.stream().map(Computed::node).toArray(Node[]::new);
        return new Computed(call.result(new Op.Concat(common.nodeAxis(axis)), nodes), common);
    }

    private static Value slice(Call call) {
        List<Long> starts = listed(call, 1, "starts");
        List<Long> ends = listed(call, 2, "ends");
        if (isNothing(call, 0) || takesNothing(call, starts, ends)) {
            return ShapeOperators.known(
                    call, new Tensor(List.of(0), call.known(0, "shape").kind(), new double[0]));
        }
        Computed x = call.x(0);
        List<Long> axes = call.integers(3, "axes", "list of axes").orElse(List.of());
        List<Long> steps = call.integers(4, "steps", "list of steps").orElse(List.of());
        List<Integer> from = new ArrayList<>(Collections.nCopies(x.rank(), 0));
        List<Integer> by = new ArrayList<>(Collections.nCopies(x.rank(), 1));
        List<Long> dims = new ArrayList<>(x.dims());
        for (int i = 0; i < starts.size(); i++) {
            int axis = axes.isEmpty() ? i : call.axis(axes.get(i), x.rank());
            long extent = x.dims().get(axis);
            long step = steps.isEmpty() ? 1 : steps.get(i);
            Range range = Range.of(call, starts.get(i), ends.get(i), step, extent);
            if (range.isWhole(extent)) {
                continue;
            }
            if (axis == x.batch().axis()) {
                x = Examples.along(call.forPart("example"), x, axis);
            }
            from.set(axis, (int) range.start());
            by.set(axis, range.count() == 1 ? 1 : (int) range.step());
            dims.set(axis, range.count());
        }
        return sliced(call, x, from, by, dims);
    }

    /** True for a slice of a list of known numbers that leaves none. */
    private static boolean takesNothing(Call call, List<Long> starts, List<Long> ends) {
        boolean isList =
                call.knownIf(0).filter(known -> known.dims().size() == 1).isPresent();
        if (!isList
                || starts.size() != 1
                || call.has(4) && call.known(4, "steps").at(0) != 1) {
            return false;
        }
        long extent = call.known(0, "list").size();
        long first = Range.bounded(starts.get(0), 1, extent);
        return Range.bounded(ends.get(0), 1, extent) <= first;
    }

    private static Value sliced(Call call, Computed x, List<Integer> from, List<Integer> by, List<Long> dims) {
        List<Integer> starts = new ArrayList<>(from);
        List<Integer> steps = new ArrayList<>(by);
        if (x.batch().isOwnAxis()) {
            starts.remove(x.batch().axis());
            steps.remove(x.batch().axis());
        }
        Op.Slice slice = new Op.Slice(starts, steps, x.batch().node(dims));
        Node node = Movement.isWhole(slice, x.node().shape()) ? x.node() : call.result(slice, x.node());
        return new Computed(node, x.batch());
    }

    private static List<Long> listed(Call call, int input, String name) {
        return call.integers(input, name, "list of " + name)
                .orElseThrow(() -> call.unsupported("has no " + name, "export the model again"));
    }

    /** Positions along an axis, with the meaning of numpy. */
    private record Range(long start, long step, long count) {
        static Range of(Call call, long start, long end, long step, long extent) {
            long first = bounded(start, step, extent);
            long stop = bounded(end, step, extent);
            long count = step == 0 ? 0 : Math.floorDiv(stop - first + step - Long.signum(step), step);
            if (count < 1 || Math.abs(step) > Integer.MAX_VALUE) {
                throw call.unsupported(
                        "takes nothing from " + start + " to " + end + " by " + step + " of " + extent,
                        "export the model without empty tensors");
            }
            return new Range(first, step, count);
        }

        private static long bounded(long position, long step, long extent) {
            long fromStart = position < 0 ? Math.max(position, -extent - 1) + extent : position;
            return step > 0 ? Math.min(Math.max(fromStart, 0), extent) : Math.min(Math.max(fromStart, -1), extent - 1);
        }

        boolean isWhole(long extent) {
            return start == 0 && step == 1 && count == extent;
        }
    }

    private static List<Value> split(Call call) {
        Computed x = call.x(0);
        int axis = call.axis(call.integer("axis", 0), x.rank());
        Computed along = Examples.along(call.forPart("example"), x, axis);
        int extent = along.node().shape().dim(along.batch().nodeAxis(axis));
        List<Long> sizes = call.integers(1, "split", "list of sizes").orElse(List.of());
        if (sizes.isEmpty()) {
            int parts = Math.toIntExact(call.integer("num_outputs", call.outputs()));
            int each = (extent + parts - 1) / parts;
            sizes = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                sizes.add((long) Math.min(each, extent - i * each));
            }
        }
        if (sizes.size() < call.outputs()) {
            throw call.unsupported("makes " + sizes.size() + " parts for its outputs", "export the model again");
        }
        return parts(call, call::forOutput, along, axis, sizes);
    }

    /**
     * Parts of a tensor along an axis that is not the examples'.
     *
     * @param each the call that answers with the part of a number
     */
    static List<Value> parts(Call call, IntFunction<Call> each, Computed x, int axis, List<Long> sizes) {
        int inner = x.batch().nodeAxis(axis);
        int extent = x.node().shape().dim(inner);
        if (ShapeOperators.sum(sizes) != extent || sizes.stream().anyMatch(size -> size < 1)) {
            throw call.unsupported("splits " + extent + " positions into " + sizes, "export the model again");
        }
        List<Value> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < sizes.size(); i++) {
            int count = Math.toIntExact(sizes.get(i));
            Op.Slice slice = Movement.slice(x.node(), inner, start, 1, count);
            Node part = count == extent ? x.node() : each.apply(i).result(slice, x.node());
            parts.add(new Computed(part, x.batch()));
            start += count;
        }
        return parts;
    }

    private static Value gather(Call call) {
        if (call.isKnown(0) && !call.isKnown(1) && call.integer("axis", 0) == 0) {
            return lookUp(call);
        }
        Computed x = call.x(0);
        Tensor indices = call.known(1, "list of indices");
        int axis = call.axis(call.integer("axis", 0), x.rank());
        return gather(call, x, axis, indices);
    }

    /** The leading axes of a tensor as one, of which each row of indices names a position. */
    private static Value gatherElementsAt(Call call) {
        Computed x = call.x(0);
        Tensor indices = call.known(1, "list of indices");
        int last = indices.dims().size() - 1;
        int axes = last < 0 ? 0 : indices.dims().get(last);
        if (call.integer("batch_dims", 0) != 0 || axes < 1 || axes > x.rank()) {
            throw call.unsupported(
                    "takes positions by " + indices.dims() + " of "
                            + Dims.text(x.dims(), x.batch().extent()),
                    "export it without batch_dims");
        }
        List<Long> leading = x.dims().subList(0, axes);
        List<Long> merged = new ArrayList<>(List.of(ShapeOperators.product(leading)));
        merged.addAll(x.dims().subList(axes, x.rank()));
        double[] positions = new double[indices.size() / axes];
        for (int i = 0; i < positions.length; i++) {
            for (int axis = 0; axis < axes; axis++) {
                double index = indices.at(i * axes + axis);
                double extent = leading.get(axis);
                if (index < -extent || index >= extent) {
                    throw call.unsupported(
                            "takes position " + (long) index + " of " + (long) extent, "export the model again");
                }
                positions[i] = positions[i] * extent + (index < 0 ? index + extent : index);
            }
        }
        Computed flat = axes == 1 ? x : Examples.reshape(call.forPart("flat"), x, merged);
        return gather(call, flat, 0, new Tensor(indices.dims().subList(0, last), indices.kind(), positions));
    }

    private static Value gather(Call call, Computed x, int axis, Tensor indices) {
        Computed along = Examples.along(call.forPart("example"), x, axis);
        int inner = along.batch().nodeAxis(axis);
        int extent = along.node().shape().dim(inner);
        List<Integer> positions = new ArrayList<>();
        for (long index : indices.toIntegers()) {
            if (index < -extent || index >= extent) {
                throw call.unsupported("takes position " + index + " of " + extent, "export the model again");
            }
            positions.add((int) (index < 0 ? index + extent : index));
        }
        if (positions.isEmpty()) {
            throw call.unsupported("takes nothing", "export the model without empty tensors");
        }
        boolean isList = indices.dims().size() == 1;
        Node taken = Movement.gather(isList ? call : call.forPart("taken"), along.node(), inner, positions);
        Shape shape = along.node().shape();
        Shape result = shape.upTo(inner).append(new Shape(indices.dims())).append(shape.from(inner + 1));
        Node shaped = taken.shape().equals(result) ? taken : call.result(new Op.Reshape(result), taken);
        int shift = axis < along.batch().axis() ? indices.dims().size() - 1 : 0;
        return new Computed(shaped, along.batch().moved(along.batch().axis() + shift));
    }

    /** An embedding: the row of a table for every number, which is not negative. */
    private static Value lookUp(Call call) {
        Computed table = call.x(0);
        Computed number = call.x(1);
        if (!number.batch().isNone() && !number.batch().isOwnAxis()) {
            throw ImportFailure.mixing("reads numbers of several examples along one axis");
        }
        return new Computed(call.result(new Op.LookUp(), number.node(), table.node()), number.batch());
    }

    private static Value pad(Call call) {
        Computed x = call.x(0);
        List<Long> pads = listed(call, 1, "pads");
        int rank = x.rank();
        List<Integer> axes = new ArrayList<>();
        Optional<Tensor> named = call.knownIf(3);
        for (int i = 0; i < pads.size() / 2; i++) {
            axes.add(named.isPresent() ? call.axis(named.get().toIntegers().get(i), rank) : i);
        }
        double value = call.has(2) ? call.known(2, "value").at(0) : call.real("value", 0);
        return new Padding(call, call.text("mode", "constant"), value).pad(x, pads, axes);
    }

    private static Value triangle(Call call) {
        Computed x = call.x(0);
        Computed along = Examples.along(call.forPart("example"), x, List.of(x.rank() - 2, x.rank() - 1));
        Shape shape = along.node().shape();
        int rows = shape.dim(shape.rank() - 2);
        int columns = shape.dim(shape.rank() - 1);
        long diagonal = call.knownIf(1).map(k -> (long) k.at(0)).orElse(0L);
        boolean upper = call.flag("upper", true);
        double[] mask = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < mask.length; i++) {
            long above = i % columns - (long) (i / columns);
            mask[i] = (upper ? above >= diagonal : above <= diagonal) ? 1 : 0;
        }
        Node kept = call.constant("kept", Shape.of(rows, columns), mask);
        return new Computed(call.result(new Op.Binary(Op.BinaryKind.MULTIPLY), along.node(), kept), along.batch());
    }

    private static Value cumulative(Call call) {
        Computed x = call.x(0);
        int axis = call.axis((long) call.known(1, "axis").at(0), x.rank());
        Computed along = Examples.along(call.forPart("example"), x, axis);
        int inner = along.batch().nodeAxis(axis);
        int extent = along.node().shape().dim(inner);
        boolean exclusive = call.flag("exclusive", false);
        boolean reverse = call.flag("reverse", false);
        double[] matrix = new double[Math.multiplyExact(extent, extent)];
        for (int i = 0; i < matrix.length; i++) {
            int ahead = reverse ? i % extent - i / extent : i / extent - i % extent;
            matrix[i] = ahead > 0 || ahead == 0 && !exclusive ? 1 : 0;
        }
        Node triangle = call.constant("summed", Shape.of(extent, extent), matrix);
        return new Computed(Movement.along(call, along.node(), inner, triangle), along.batch());
    }
}
