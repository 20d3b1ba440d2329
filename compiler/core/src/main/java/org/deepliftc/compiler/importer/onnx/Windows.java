package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Attributes of convolutions and pools as a {@link Window} over {@code [channels, space...]}. */
final class Windows {
    private static final long WIDEST = 1L << 30;

    private Windows() {}

    /** The window of a call with padding as declared, before any rounding up. */
    static Window of(Call call, List<Integer> size, Node x) {
        int rank = size.size();
        if (x.shape().rank() != rank + 1) {
            throw call.unsupported(
                    "has a window over " + rank + " axes, but its input is " + x.shape() + " an example",
                    "the file is not valid ONNX; export the model again");
        }
        List<Integer> stride = perAxis(call, "strides", rank, 1);
        List<Integer> dilation = perAxis(call, "dilations", rank, 1);
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        List<Integer> pads = perAxis(call, "pads", 2 * rank, 0);
        String auto = call.text("auto_pad", "NOTSET").toUpperCase(Locale.ROOT);
        for (int axis = 0; axis < rank; axis++) {
            if (auto.startsWith("SAME")) {
                int total = same(x.shape().dim(axis + 1), size.get(axis), stride.get(axis), dilation.get(axis));
                int small = total / 2;
                before.add(auto.equals("SAME_UPPER") ? small : total - small);
                after.add(total - before.get(axis));
            } else {
                before.add(auto.equals("VALID") ? 0 : pads.get(axis));
                after.add(auto.equals("VALID") ? 0 : pads.get(rank + axis));
            }
        }
        try {
            return new Window(size, stride, dilation, before, after);
        } catch (IllegalArgumentException e) {
            throw call.unsupported(e.getMessage(), "export the model without such windows");
        }
    }

    /** The padding with which as many outputs come out as strides fit. */
    private static int same(int extent, int size, int stride, int dilation) {
        long outputs = (extent + stride - 1L) / stride;
        long reach = (size - 1L) * dilation + 1;
        return (int) Math.min(WIDEST, Math.max(0, (outputs - 1) * stride + reach - extent));
    }

    static List<Integer> perAxis(Call call, String attribute, int count, int otherwise) {
        List<Long> written = call.integers(attribute).orElse(List.of());
        if (written.isEmpty()) {
            return Collections.nCopies(count, otherwise);
        }
        if (written.size() != count || written.stream().anyMatch(v -> Math.abs(v) > WIDEST)) {
            throw call.unsupported(
                    "has " + attribute + " " + written + ", which are not " + count + " sensible numbers",
                    "the file is not valid ONNX; export the model again");
        }
        return written.stream().map(Long::intValue).toList();
    }

    /** {@code kernel_shape}, or the extents of the weight where it is left out. */
    static List<Integer> size(Call call, List<Integer> otherwise) {
        return call.hasAttribute("kernel_shape")
                ? perAxis(
                        call,
                        "kernel_shape",
                        call.integers("kernel_shape").orElseThrow().size(),
                        1)
                : otherwise;
    }

    /**
     * The window with as much padding behind that the last position rounded up has a full window, where that one
     * begins inside the input or the padding in front of it.
     */
    static Window roundedUp(Window window, Shape space) {
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            long reached = (long) space.dim(axis) + window.padBefore().get(axis);
            long padded = reached + window.padAfter().get(axis);
            int stride = window.stride().get(axis);
            long steps = Math.max(0, Math.floorDiv(padded - window.reach(axis) + stride - 1, stride));
            steps -= steps * stride >= reached ? 1 : 0;
            after.add((int) (Math.max(padded, steps * stride + window.reach(axis)) - reached));
        }
        return new Window(window.size(), window.stride(), window.dilation(), window.padBefore(), after);
    }
}
