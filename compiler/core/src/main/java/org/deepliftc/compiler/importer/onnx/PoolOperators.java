package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Pools over the spatial axes of {@code [examples, channels, space...]}. */
final class PoolOperators {
    private PoolOperators() {}

    static void list(Operators table) {
        table.add("MaxPool", "without indices", PoolOperators::max);
        table.add("AveragePool", call -> Examples.perImage(call, call.x(0), PoolOperators::average));
        table.add("GlobalMaxPool", call -> Examples.perImage(call, call.x(0), PoolOperators::globalMax));
        table.add("GlobalAveragePool", call -> Examples.perImage(call, call.x(0), PoolOperators::globalAverage));
        table.add("LpPool", "p = 1 or 2", call -> Examples.perImage(call, call.x(0), PoolOperators::norm));
        table.add("GlobalLpPool", "p = 1 or 2", call -> Examples.perImage(call, call.x(0), PoolOperators::globalNorm));
    }

    private static Value max(Call call) {
        if (call.outputs() > 1 && !call.node().outputs().get(1).isEmpty()) {
            throw call.unsupported("hands out the positions of its winners", "export the model without them");
        }
        return Examples.perImage(call, call.x(0), (part, x) -> {
            Window declared = window(call, x);
            Window window = call.flag("ceil_mode", false)
                    ? Windows.roundedUp(declared, x.shape().from(1))
                    : declared;
            return part.result(new Op.MaxPool(window), x);
        });
    }

    private static Window window(Call call, Node x) {
        if (!call.hasAttribute("kernel_shape")) {
            throw call.unsupported("has no kernel_shape", "the file is not valid ONNX; export the model again");
        }
        return Windows.of(call, Windows.size(call, List.of()), x);
    }

    /** What a window reaches beyond the declared padding never counts in the divisor. */
    private static Node average(Call call, Node x) {
        Window declared = window(call, x);
        boolean counts = call.flag("count_include_pad", false);
        Shape space = x.shape().from(1);
        Window rounded = call.flag("ceil_mode", false) ? Windows.roundedUp(declared, space) : declared;
        if (!counts || rounded.equals(declared)) {
            return call.result(new Op.AveragePool(rounded, counts, Op.Direction.FORWARD, space), x);
        }
        Node padded = padded(call, x, declared);
        List<Integer> beyond = new ArrayList<>();
        for (int axis = 0; axis < declared.rank(); axis++) {
            beyond.add(rounded.padAfter().get(axis) - declared.padAfter().get(axis));
        }
        Window window = new Window(
                declared.size(),
                declared.stride(),
                declared.dilation(),
                Collections.nCopies(declared.rank(), 0),
                beyond);
        return call.result(
                new Op.AveragePool(
                        window, false, Op.Direction.FORWARD, padded.shape().from(1)),
                padded);
    }

    private static Node padded(Call call, Node x, Window window) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        starts.addAll(window.padBefore());
        List<Integer> dims = new ArrayList<>(List.of(x.shape().dim(0)));
        for (int axis = 0; axis < window.rank(); axis++) {
            dims.add(x.shape().dim(axis + 1)
                    + window.padBefore().get(axis)
                    + window.padAfter().get(axis));
        }
        List<Integer> steps = Collections.nCopies(dims.size(), 1);
        return call.step("padded", new Op.Embed(starts, steps, new Shape(dims), 0), x);
    }

    static Node globalMax(Call call, Node x) {
        List<Integer> size = x.shape().from(1).dims();
        return call.result(new Op.MaxPool(Window.of(size, Collections.nCopies(size.size(), 1))), x);
    }

    private static Node globalAverage(Call call, Node x) {
        return call.result(new Op.Reduce(Op.ReduceKind.MEAN, space(x), true), x);
    }

    private static List<Integer> space(Node x) {
        List<Integer> axes = new ArrayList<>();
        for (int axis = 1; axis < x.shape().rank(); axis++) {
            axes.add(axis);
        }
        return axes;
    }

    /** The root of the sum of squares of a window, or the sum of its magnitudes: an average times its size. */
    private static Node norm(Call call, Node x) {
        Window window = window(call, x);
        Norm norm = Norm.of(call, call.integer("p", 2));
        int taps = window.size().stream().reduce(1, Math::multiplyExact);
        Op pool =
                new Op.AveragePool(window, true, Op.Direction.FORWARD, x.shape().from(1));
        Node mean = call.step("mean", pool, norm.terms(call, x));
        Node size = call.constant("size", taps);
        return norm.root(call, mean, size);
    }

    private static Node globalNorm(Call call, Node x) {
        Norm norm = Norm.of(call, call.integer("p", 2));
        Op sum = new Op.Reduce(Op.ReduceKind.SUM, space(x), true);
        return norm.isSquare()
                ? call.result(Norm.ROOT, call.step("sum", sum, norm.terms(call, x)))
                : call.result(sum, norm.terms(call, x));
    }
}
