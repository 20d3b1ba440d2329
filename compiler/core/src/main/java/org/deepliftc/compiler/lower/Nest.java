package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.loop.Expr;

/**
 * Nested loops over a grid of elements that several arrays share, each with strides of its own (0 where it repeats).
 * Neighbouring axes that every array walks without a gap become one loop.
 */
final class Nest {
    private static final String[] NAMES = {"i", "j", "k", "l", "m", "n"};

    private final List<Integer> extents = new ArrayList<>();
    private final List<List<Integer>> strides = new ArrayList<>();

    /**
     * Makes the nest.
     *
     * @param grid extents of the loops, outermost first
     * @param arrays strides of each array along each loop
     */
    Nest(int[] grid, List<int[]> arrays) {
        arrays.forEach(a -> strides.add(new ArrayList<>()));
        for (int axis = 0; axis < grid.length; axis++) {
            if (grid[axis] == 1) {
                continue;
            }
            if (!extents.isEmpty() && continues(grid, arrays, axis)) {
                int last = extents.size() - 1;
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

    private boolean continues(int[] grid, List<int[]> arrays, int axis) {
        for (int a = 0; a < arrays.size(); a++) {
            List<Integer> known = strides.get(a);
            if (known.get(known.size() - 1) != arrays.get(a)[axis] * grid[axis]) {
                return false;
            }
        }
        return true;
    }

    /** The strides of an array of {@code shape} that broadcasts to {@code grid}. */
    static int[] broadcastStrides(Shape shape, Shape grid) {
        int[] own = shape.strides();
        int[] strides = new int[grid.rank()];
        int added = grid.rank() - shape.rank();
        for (int axis = added; axis < grid.rank(); axis++) {
            strides[axis] = shape.dim(axis - added) == 1 ? 0 : own[axis - added];
        }
        return strides;
    }

    /** Writes the loops; the body gets the position in each array, relative to where the array's walk starts. */
    void write(Code code, Body body) {
        write(code, 0, new ArrayList<>(java.util.Collections.nCopies(strides.size(), Code.integer(0))), body);
    }

    private void write(Code code, int depth, List<Expr> positions, Body body) {
        if (depth == extents.size()) {
            body.write(code, positions);
            return;
        }
        String name = depth < NAMES.length ? NAMES[depth] : "i" + depth;
        code.loop(name, extents.get(depth), (inner, index) -> {
            List<Expr> deeper = new ArrayList<>();
            for (int a = 0; a < positions.size(); a++) {
                deeper.add(Code.plus(
                        positions.get(a), Code.times(index, strides.get(a).get(depth))));
            }
            write(inner, depth + 1, deeper, body);
        });
    }

    /** What stands inside the loops. */
    @FunctionalInterface
    interface Body {
        void write(Code code, List<Expr> positions);
    }
}
