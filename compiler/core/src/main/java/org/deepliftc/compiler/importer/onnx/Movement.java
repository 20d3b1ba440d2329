package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;

/** Parts of a node along one axis. */
final class Movement {
    /** More runs of positions than this are gathered by a matrix of zeros and ones. */
    private static final int MOST_RUNS = 64;

    private Movement() {}

    /** {@code count} neighbours along an axis, as a step. */
    static Node cut(Call call, String role, Node x, int axis, int start, int count) {
        return call.step(role, slice(x, axis, start, 1, count), x);
    }

    static Op.Slice slice(Node x, int axis, int start, int step, int count) {
        List<Integer> starts = new ArrayList<>(Collections.nCopies(x.shape().rank(), 0));
        List<Integer> steps = new ArrayList<>(Collections.nCopies(x.shape().rank(), 1));
        starts.set(axis, start);
        steps.set(axis, count == 1 ? 1 : step);
        return new Op.Slice(starts, steps, x.shape().with(axis, count));
    }

    static boolean isWhole(Op.Slice slice, Shape of) {
        return slice.shape().equals(of) && slice.steps().stream().allMatch(step -> step == 1);
    }

    /** The positions of a list along an axis, in its order; negative ones count from the end. */
    static Node gather(Call call, Node x, int axis, List<Integer> positions) {
        List<int[]> runs = runs(positions);
        if (runs.size() == 1) {
            int[] run = runs.get(0);
            Op.Slice slice = slice(x, axis, run[0], run[1], run[2]);
            return isWhole(slice, x.shape()) ? x : call.result(slice, x);
        }
        if (runs.size() > MOST_RUNS) {
            return byMatrix(call, x, axis, positions);
        }
        List<Node> parts = new ArrayList<>();
        for (int[] run : runs) {
            Op.Slice slice = slice(x, axis, run[0], run[1], run[2]);
            parts.add(isWhole(slice, x.shape()) ? x : call.step("part", slice, x));
        }
        return call.result(new Op.Concat(axis), parts.toArray(Node[]::new));
    }

    /** First position, distance and length of each run of equal distances. */
    private static List<int[]> runs(List<Integer> positions) {
        List<int[]> runs = new ArrayList<>();
        int at = 0;
        while (at < positions.size()) {
            int first = positions.get(at);
            int length = 1;
            int step = at + 1 < positions.size() ? positions.get(at + 1) - first : 1;
            while (step != 0 && at + length < positions.size() && positions.get(at + length) == first + length * step) {
                length++;
            }
            runs.add(new int[] {first, length == 1 ? 1 : step, length});
            at += length;
        }
        return runs;
    }

    private static Node byMatrix(Call call, Node x, int axis, List<Integer> positions) {
        int extent = x.shape().dim(axis);
        double[] matrix = new double[Math.multiplyExact(positions.size(), extent)];
        for (int i = 0; i < positions.size(); i++) {
            matrix[i * extent + positions.get(i)] = 1;
        }
        return along(call, x, axis, call.constant("positions", Shape.of(positions.size(), extent), matrix));
    }

    /** A matrix {@code [to, from]} applied along an axis. */
    static Node along(Call call, Node x, int axis, Node matrix) {
        int last = x.shape().rank() - 1;
        Op dense = new Op.Dense(Op.Direction.FORWARD);
        if (axis == last) {
            return call.result(dense, x, matrix);
        }
        Node product = call.step("product", dense, Examples.swapped(call, x, axis, last), matrix);
        List<Integer> permutation =
                new ArrayList<>(IntStream.rangeClosed(0, last).boxed().toList());
        Collections.swap(permutation, axis, last);
        return call.result(new Op.Transpose(permutation), product);
    }
}
