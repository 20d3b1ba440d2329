package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Op.ReduceKind;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/** Reductions over axes of one example. */
final class ReductionOperators {
    private ReductionOperators() {}

    static void list(Operators table) {
        table.add("ReduceSum", call -> reduce(call, Optional.empty(), ReduceKind.SUM, Optional.empty()));
        table.add("ReduceMean", call -> reduce(call, Optional.empty(), ReduceKind.MEAN, Optional.empty()));
        table.add("ReduceSumSquare", call -> reduce(call, Optional.of(Kind.SQUARE), ReduceKind.SUM, Optional.empty()));
        table.add("ReduceL1", call -> reduce(call, Optional.of(Kind.ABS), ReduceKind.SUM, Optional.empty()));
        table.add("ReduceL2", call -> reduce(call, Optional.of(Kind.SQUARE), ReduceKind.SUM, Optional.of(Kind.SQRT)));
        table.add("ReduceLogSum", call -> reduce(call, Optional.empty(), ReduceKind.SUM, Optional.of(Kind.LOG)));
        table.add(
                "ReduceLogSumExp", call -> reduce(call, Optional.of(Kind.EXP), ReduceKind.SUM, Optional.of(Kind.LOG)));
        table.add("ReduceMax", call -> extreme(call, false));
        table.add("ReduceMin", call -> extreme(call, true));
    }

    /** The tensor with none of the reduced axes that of the examples, and those axes in the file. */
    private record Reduced(Computed x, List<Integer> axes, boolean keepDims) {
        List<Integer> nodeAxes() {
            return axes.stream().map(x.batch()::nodeAxis).toList();
        }

        Batch batch() {
            long in = axes.stream().filter(axis -> axis < x.batch().axis()).count();
            return keepDims ? x.batch() : x.batch().moved((int) (x.batch().axis() - in));
        }
    }

    private static Reduced reduced(Call call) {
        Computed x = call.x(0);
        List<Long> written = call.integers(1, "axes", "list of axes").orElse(List.of());
        List<Integer> axes = call.axes(written, x.rank());
        if (written.isEmpty() && !call.flag("noop_with_empty_axes", false)) {
            List<Integer> all = new ArrayList<>();
            for (int axis = 0; axis < x.rank(); axis++) {
                all.add(axis);
            }
            axes = all;
        }
        return new Reduced(Examples.along(call.forPart("example"), x, axes), axes, call.flag("keepdims", true));
    }

    private static Value reduce(Call call, Optional<Kind> first, ReduceKind kind, Optional<Kind> last) {
        Reduced reduced = reduced(call);
        Node x = reduced.x().node();
        Node terms = first.isPresent() ? call.step("terms", activation(first.get()), x) : x;
        if (reduced.axes().isEmpty() && first.isEmpty() && last.isEmpty()) {
            return reduced.x();
        }
        Op op = new Op.Reduce(kind, reduced.nodeAxes(), reduced.keepDims());
        Node sum = last.isPresent() ? call.step("sum", op, terms) : call.result(op, terms);
        return new Computed(last.isPresent() ? call.result(activation(last.get()), sum) : sum, reduced.batch());
    }

    private static Op activation(Kind kind) {
        return new Op.Elementwise(Activation.of(kind));
    }

    /** A maximum over axes is a pool whose window is all of them; a minimum the negative maximum of negatives. */
    private static Value extreme(Call call, boolean isMin) {
        Reduced reduced = reduced(call);
        Node minusOne = isMin ? call.constant("minus_one", -1) : reduced.x().node();
        Op negate = new Op.Binary(Op.BinaryKind.MULTIPLY);
        Node x = isMin
                ? call.step("negative", negate, reduced.x().node(), minusOne)
                : reduced.x().node();
        if (reduced.axes().isEmpty()) {
            return reduced.x();
        }
        Shape result = without(x.shape(), reduced);
        Node pooled = pooled(call, x, reduced.nodeAxes());
        Node shaped = isMin
                ? call.result(negate, call.reshaped("shaped", pooled, result), minusOne)
                : call.result(new Op.Reshape(result), pooled);
        return new Computed(shaped, reduced.batch());
    }

    private static Shape without(Shape shape, Reduced reduced) {
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!reduced.nodeAxes().contains(axis)) {
                dims.add(shape.dim(axis));
            } else if (reduced.keepDims()) {
                dims.add(1);
            }
        }
        return new Shape(dims);
    }

    /** {@code [kept, 1]}: the reduced axes moved behind the others and flattened, then pooled whole. */
    private static Node pooled(Call call, Node x, List<Integer> axes) {
        List<Integer> permutation = new ArrayList<>();
        int kept = 1;
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            if (!axes.contains(axis)) {
                permutation.add(axis);
                kept *= x.shape().dim(axis);
            }
        }
        permutation.addAll(axes);
        List<Integer> sorted = new ArrayList<>(permutation);
        Collections.sort(sorted);
        Node moved = sorted.equals(permutation) ? x : call.step("moved", new Op.Transpose(permutation), x);
        int size = x.shape().size() / kept;
        Node flat = call.reshaped("flat", moved, Shape.of(kept, size));
        return call.step("max", new Op.MaxPool(Window.of(List.of(size), List.of(1))), flat);
    }
}
