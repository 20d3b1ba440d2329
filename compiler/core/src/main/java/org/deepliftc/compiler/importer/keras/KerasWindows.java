package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Windows with Keras's padding. */
final class KerasWindows {
    private KerasWindows() {}

    /** @param space the extents the window slides over */
    static Window of(LayerCall call, List<Integer> size, List<Integer> stride, List<Integer> dilation, Shape space) {
        String padding = call.config().text("padding", "valid");
        List<Integer> before = new ArrayList<>(Collections.nCopies(size.size(), 0));
        List<Integer> after = new ArrayList<>(before);
        for (int axis = 0; axis < size.size(); axis++) {
            long reach = (size.get(axis) - 1L) * dilation.get(axis) + 1;
            if (padding.equals("same")) {
                int total = same(space.dim(axis), reach, Math.max(1, stride.get(axis)));
                before.set(axis, total / 2);
                after.set(axis, total - total / 2);
            } else if (padding.equals("causal") && size.size() == 1) {
                before.set(axis, (int) Math.min(1 << 30, reach - 1));
            } else if (!padding.equals("valid")) {
                throw call.unsupported("has padding '" + padding + "'");
            }
        }
        try {
            return new Window(size, stride, dilation, before, after);
        } catch (IllegalArgumentException e) {
            throw call.unsupported("has a window that makes no sense: " + e.getMessage());
        }
    }

    /** TensorFlow's padding, with which as many outputs come out as strides fit; the odd one goes behind. */
    private static int same(int extent, long reach, int stride) {
        long outputs = (extent + stride - 1L) / stride;
        return (int) Math.min(1 << 30, Math.max(0, (outputs - 1) * stride + reach - extent));
    }
}
