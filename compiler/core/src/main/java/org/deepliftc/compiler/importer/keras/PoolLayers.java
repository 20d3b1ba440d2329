package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Layers that summarise windows, or all positions. */
final class PoolLayers {
    private PoolLayers() {}

    static void list(Layers table) {
        for (int rank = 1; rank <= 3; rank++) {
            int axes = rank;
            table.add("MaxPooling" + rank + "D", call -> pool(call, axes, true));
            table.add("AveragePooling" + rank + "D", call -> pool(call, axes, false));
            table.add("GlobalMaxPooling" + rank + "D", call -> global(call, axes, true));
            table.add("GlobalAveragePooling" + rank + "D", call -> global(call, axes, false));
        }
    }

    /** Padding neither wins nor counts. */
    private static Tensor pool(LayerCall call, int rank, boolean max) {
        Node x = call.channels(rank);
        Shape space = x.shape().from(1);
        List<Integer> size = call.perAxis("pool_size", rank, 2);
        List<Integer> stride = call.config().integers("strides", rank).orElse(size);
        Window window = KerasWindows.of(call, size, stride, Collections.nCopies(rank, 1), space);
        Op op = max ? new Op.MaxPool(window) : new Op.AveragePool(window, false, Op.Direction.FORWARD, space);
        return call.ofChannels(call.result(op, x));
    }

    private static Tensor global(LayerCall call, int rank, boolean max) {
        Node x = call.channels(rank);
        boolean keeps = call.config().flag("keepdims", false);
        if (max) {
            List<Integer> size = x.shape().from(1).dims();
            Op op = new Op.MaxPool(Window.of(size, Collections.nCopies(rank, 1)));
            if (keeps) {
                return call.ofChannels(call.result(op, x));
            }
            Op flat = new Op.Reshape(x.shape().upTo(1));
            return Tensor.plain(call.result(flat, call.step("pool", op, x)));
        }
        List<Integer> axes = new ArrayList<>();
        for (int axis = 1; axis <= rank; axis++) {
            axes.add(axis);
        }
        Node mean = call.result(new Op.Reduce(Op.ReduceKind.MEAN, axes, keeps), x);
        return keeps ? call.ofChannels(mean) : Tensor.plain(mean);
    }
}
