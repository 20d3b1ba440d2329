package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deepliftc.compiler.loop.Expr;

/**
 * Nested loops over a grid of elements that several arrays share, each with strides of its own (0 where it repeats).
 * The loops are those of the first array's layout, its neighbours innermost; neighbouring axes that every array walks
 * without a gap become one loop.
 */
final class Nest {
    private static final String[] NAMES = {"i", "j", "k", "l", "m", "n"};

    private final List<Integer> extents = new ArrayList<>();
    private final List<List<Integer>> strides = new ArrayList<>();

    /**
     * Makes the nest.
     *
     * @param grid extents of the axes
     * @param arrays strides of each array along each axis, that of the layout first
     */
    Nest(int[] grid, List<int[]> arrays) {
        arrays.forEach(a -> strides.add(new ArrayList<>()));
        int[] layout = arrays.get(0);
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, grid.length).boxed().filter(a -> grid[a] > 1).toList());
        order.sort(Comparator.comparing((Integer axis) -> -layout[axis]));
        for (int axis : order) {
            int last = extents.size() - 1;
            if (last >= 0 && continues(grid[axis], arrays, axis)) {
                extents.set(last, extents.get(last) * grid[axis]);
                for (int a = 0; a < arrays.size(); a++) {
                    strides.get(a).set(last, arrays.get(a)[axis]);
                }
            } else {
                extents.add(grid[axis]);
                for (int a = 0; a < arrays.size(); a++) {
                    strides.get(a).add(arrays.get(a)[axis]);
                }
            }
        }
    }

    private boolean continues(int extent, List<int[]> arrays, int axis) {
        for (int a = 0; a < arrays.size(); a++) {
            List<Integer> known = strides.get(a);
            if (known.get(known.size() - 1) != arrays.get(a)[axis] * extent) {
                return false;
            }
        }
        return true;
    }

    /** The extent of the innermost loop. */
    int innermost() {
        return extents.isEmpty() ? 1 : extents.get(extents.size() - 1);
    }

    /** Writes loops that run in order; the body gets the position in each array, relative to where its walk starts. */
    void inOrder(Code code, Body body) {
        write(code, 0, starts(), Integer.MIN_VALUE, body);
    }

    /**
     * Writes loops of independent iterations; the innermost are lanes where the first array's elements are neighbours.
     *
     * @param room lanes up to which writing harms nobody
     */
    void independently(Code code, int room, Body body) {
        write(code, 0, starts(), room, body);
    }

    private List<Expr> starts() {
        return new ArrayList<>(Collections.nCopies(strides.size(), Code.integer(0)));
    }

    private void write(Code code, int depth, List<Expr> positions, int room, Body body) {
        if (depth == extents.size()) {
            body.write(code, positions);
            return;
        }
        String name = depth < NAMES.length ? NAMES[depth] : "i" + depth;
        int extent = extents.get(depth);
        Code.Body inner = (block, index) -> {
            List<Expr> deeper = new ArrayList<>();
            for (int a = 0; a < positions.size(); a++) {
                deeper.add(Code.plus(
                        positions.get(a), Code.times(index, strides.get(a).get(depth))));
            }
            write(block, depth + 1, deeper, room, body);
        };
        if (room == Integer.MIN_VALUE) {
            code.loop(name, extent, inner);
        } else if (depth == extents.size() - 1 && strides.get(0).get(depth) == 1) {
            code.lanes(name, extent, room, inner);
        } else {
            code.rows(name, Code.integer(extent), inner);
        }
    }

    /** True where the first array's elements are all neighbours. */
    boolean isRun() {
        return extents.size() == 1 && strides.get(0).get(0) == 1;
    }

    /** What stands inside the loops. */
    @FunctionalInterface
    interface Body {
        void write(Code code, List<Expr> positions);
    }
}
