package org.deepliftc.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * The positions of small windows that lie apart, walked with the windows as the grid. So moves to and from winners become
 * choices between a few neighbours, elementwise over the windows, where reading at computed positions would leave vectors
 * idle.
 *
 * @param space the spatial shape that the windows slide over
 */
record Taps(Window window, Shape space) {
    /** Beyond this many positions a window is read where its winner is, not everywhere. */
    private static final int MOST = 9;

    /** The taps of a node that moves to or from winners, or finds them; empty where windows are large or meet borders. */
    static Optional<Taps> of(Node node) {
        Optional<Window> window = Optional.empty();
        Shape space = node.shape();
        if (node.op() instanceof Op.ScatterPositions scatter) {
            window = scatter.window();
        } else if (node.op() instanceof Op.GatherPositions gather) {
            window = gather.window();
            space = node.input(0).shape();
        } else if (node.op() instanceof Op.ArgMaxPool pool) {
            window = Optional.of(pool.window());
            space = node.input(0).shape();
        }
        Shape whole = space;
        return window.map(w -> new Taps(w, whole.from(1))).filter(Taps::isSmall);
    }

    private boolean isSmall() {
        return !window.isPadded() && window.isDisjoint() && count() > 1 && count() <= MOST;
    }

    int count() {
        return window.size().stream().reduce(1, (a, b) -> a * b);
    }

    /** True where every position lies in a window. */
    boolean cover() {
        for (int axis = 0; axis < space.rank(); axis++) {
            boolean gaps = window.reach(axis) != window.size().get(axis)
                    || window.stride().get(axis) != window.reach(axis)
                    || space.dim(axis) % window.stride().get(axis) != 0;
            if (gaps) {
                return false;
            }
        }
        return true;
    }

    /** How far the first taps of neighbouring windows lie apart in a value that lies as {@code view} says. */
    int[] strides(View view) {
        int[] strides = new int[space.rank() + 1];
        strides[0] = view.shape().dim(0) == 1 ? 0 : view.stride(0);
        for (int axis = 0; axis < space.rank(); axis++) {
            strides[axis + 1] = window.stride().get(axis) * view.stride(axis + 1);
        }
        return strides;
    }

    /** As {@link #strides}, for flat positions in a channel. */
    int[] flatStrides() {
        int[] flat = space.strides();
        int[] strides = new int[space.rank() + 1];
        for (int axis = 0; axis < space.rank(); axis++) {
            strides[axis + 1] = window.stride().get(axis) * flat[axis];
        }
        return strides;
    }

    /** How far each tap lies behind the first, in row-major order of the window. */
    List<Integer> offsets(View view) {
        List<Integer> spatial = view.strides().subList(1, view.strides().size());
        return offsets(spatial.stream().mapToInt(Integer::intValue).toArray());
    }

    /** As {@link #offsets}, for flat positions in a channel. */
    List<Integer> flatOffsets() {
        return offsets(space.strides());
    }

    private List<Integer> offsets(int[] strides) {
        List<Integer> offsets = new ArrayList<>(List.of(0));
        for (int axis = 0; axis < space.rank(); axis++) {
            List<Integer> deeper = new ArrayList<>();
            for (int before : offsets) {
                for (int tap = 0; tap < window.size().get(axis); tap++) {
                    deeper.add(before + tap * window.dilation().get(axis) * strides[axis]);
                }
            }
            offsets = deeper;
        }
        return offsets;
    }
}
