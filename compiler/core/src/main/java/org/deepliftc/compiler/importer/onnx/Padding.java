package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;

/** Positions added in front of and behind an axis, or taken away where the amount is negative. */
record Padding(Call call, String mode, double value) {

    /** @param pads the amounts in front of each axis of {@code axes}, then those behind */
    Value pad(Computed x, List<Long> pads, List<Integer> axes) {
        int count = axes.size();
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (pads.get(i) != 0 || pads.get(count + i) != 0) {
                moved.add(axes.get(i));
            }
        }
        Computed along = Examples.along(call.forPart("example"), x, moved);
        int rank = along.node().shape().rank();
        List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
        for (int i = 0; i < count; i++) {
            if (moved.contains(axes.get(i))) {
                before.set(along.batch().nodeAxis(axes.get(i)), Math.toIntExact(pads.get(i)));
                after.set(along.batch().nodeAxis(axes.get(i)), Math.toIntExact(pads.get(count + i)));
            }
        }
        if (moved.isEmpty()) {
            return along;
        }
        boolean constant = mode.equals("constant");
        return new Computed(
                constant ? filled(along.node(), before, after) : repeated(along.node(), before, after), along.batch());
    }

    private Node filled(Node x, List<Integer> before, List<Integer> after) {
        boolean pads = Collections.max(before) > 0 || Collections.max(after) > 0;
        boolean cuts = Collections.min(before) < 0 || Collections.min(after) < 0;
        if (!Double.isFinite(value)) {
            throw call.unsupported("pads with " + value, "infinity is no number to explain by");
        }
        Node kept = cuts ? cut(pads ? call.forPart("cut") : call, x, before, after) : x;
        if (!pads) {
            return kept;
        }
        List<Integer> starts =
                before.stream().map(amount -> Math.max(0, amount)).toList();
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < starts.size(); axis++) {
            dims.add(kept.shape().dim(axis) + starts.get(axis) + Math.max(0, after.get(axis)));
        }
        List<Integer> steps = Collections.nCopies(dims.size(), 1);
        return call.result(new Op.Embed(starts, steps, new Shape(dims), value), kept);
    }

    private static Node cut(Call call, Node x, List<Integer> before, List<Integer> after) {
        List<Integer> starts =
                before.stream().map(amount -> Math.max(0, -amount)).toList();
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < starts.size(); axis++) {
            dims.add(x.shape().dim(axis) - starts.get(axis) - Math.max(0, -after.get(axis)));
        }
        return call.result(new Op.Slice(starts, Collections.nCopies(dims.size(), 1), new Shape(dims)), x);
    }

    /** The input's own positions again: reflected, wrapped around, or those at the edge. */
    private Node repeated(Node x, List<Integer> before, List<Integer> after) {
        Node result = x;
        int last = -1;
        for (int axis = 0; axis < before.size(); axis++) {
            last = before.get(axis) != 0 || after.get(axis) != 0 ? axis : last;
        }
        for (int axis = 0; axis <= last; axis++) {
            int extent = x.shape().dim(axis);
            List<Integer> positions = new ArrayList<>();
            for (int at = -before.get(axis); at < extent + after.get(axis); at++) {
                positions.add(source(at, extent));
            }
            result = Movement.gather(axis == last ? call : call.forPart("padded"), result, axis, positions);
        }
        return result;
    }

    private int source(int position, int extent) {
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(extent - 1, position));
            case "wrap" -> Math.floorMod(position, extent);
            case "reflect" -> {
                int period = Math.max(1, 2 * (extent - 1));
                int at = Math.floorMod(position, period);
                yield at < extent ? at : period - at;
            }
            default ->
                throw call.unsupported("pads by '" + mode + "'", "constant, reflect, edge and wrap are translated");
        };
    }
}
