package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/**
 * Operands that broadcast in the file, as nodes that broadcast without the axis of the examples. Taking an axis out of
 * one operand shifts how all axes in front of it align, so that it goes out of the others too, where they have it.
 */
record Broadcasting(List<Node> nodes, Batch batch) {
    Broadcasting {
        nodes = List.copyOf(nodes);
    }

    Node node(int index) {
        return nodes.get(index);
    }

    static Broadcasting of(Call call, List<Computed> operands) {
        List<Computed> all = operands;
        OptionalInt fromEnd = all.stream()
                .filter(x -> !x.batch().isNone())
                .mapToInt(x -> x.rank() - x.batch().axis())
                .max();
        if (fromEnd.isEmpty()) {
            return new Broadcasting(all.stream().map(Computed::node).toList(), Batch.NONE);
        }
        int place = fromEnd.getAsInt();
        if (disagree(all, place)) {
            if (all.stream().anyMatch(x -> x.batch().extent() > 1)) {
                throw ImportFailure.mixing("combines tensors whose examples lie along different axes");
            }
            all = all.stream().map(x -> Examples.explicit(call, x)).toList();
            return new Broadcasting(all.stream().map(Computed::node).toList(), Batch.NONE);
        }
        Batch batch = all.stream()
                .map(Computed::batch)
                .filter(b -> !b.isNone())
                .findFirst()
                .orElseThrow();
        List<Node> nodes = new ArrayList<>();
        for (Computed x : all) {
            nodes.add(x.batch().isNone() && batch.isOwnAxis() ? without(call, x, place) : x.node());
        }
        int rank = all.stream().mapToInt(Computed::rank).max().orElseThrow();
        return new Broadcasting(nodes, batch.moved(rank - place));
    }

    /** True where one batch axis does not serve all operands. */
    private static boolean disagree(List<Computed> all, int place) {
        Batch first = null;
        for (Computed x : all) {
            int axis = x.rank() - place;
            if (x.batch().isNone()) {
                if (axis >= 0 && x.node().shape().dim(axis) != 1) {
                    return true;
                }
                continue;
            }
            Batch moved = x.batch().moved(0);
            if (axis != x.batch().axis() || first != null && !first.equals(moved)) {
                return true;
            }
            first = moved;
        }
        return false;
    }

    private static Node without(Call call, Computed x, int place) {
        Shape shape = x.node().shape();
        int axis = shape.rank() - place;
        if (axis < 0) {
            return x.node();
        }
        return call.reshaped("aligned", x.node(), shape.upTo(axis).append(shape.from(axis + 1)));
    }
}
