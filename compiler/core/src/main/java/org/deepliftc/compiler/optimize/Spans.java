package org.deepliftc.compiler.optimize;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * Which positions of a padded input windows look at, and the reverse. Boxes are of [channels, space...].
 *
 * @param space the spatial shape of the input
 */
record Spans(Window window, Shape space) {

    /** The input positions that the windows {@code out} see; all, for all windows, though they may not reach the end. */
    Box seen(Box out) {
        Box seen = out;
        Shape all = window.outputOf(space);
        for (int axis = 0; axis < window.rank(); axis++) {
            int extent = space.dim(axis);
            boolean every = out.start(axis + 1) == 0 && out.end(axis + 1) == all.dim(axis);
            int from = every ? 0 : Math.max(0, first(axis, out.start(axis + 1)));
            int to = every ? extent : Math.min(extent, first(axis, out.end(axis + 1) - 1) + window.reach(axis));
            seen = seen.with(axis + 1, from, to);
        }
        return seen;
    }

    /** The windows that see any of the input positions {@code in}; empty where none does. */
    Box seeing(Box in) {
        Box seeing = in;
        Shape all = window.outputOf(space);
        for (int axis = 0; axis < window.rank() && !in.isEmpty(); axis++) {
            int stride = window.stride().get(axis);
            int before = window.padBefore().get(axis);
            int from = -Math.floorDiv(window.reach(axis) - 1 - before - in.start(axis + 1), stride);
            int to = Math.floorDiv(in.end(axis + 1) - 1 + before, stride) + 1;
            seeing = seeing.with(axis + 1, Math.max(0, from), Math.min(all.dim(axis), to));
        }
        return seeing;
    }

    /** The input position, perhaps in the padding, at which a window starts. */
    private int first(int axis, int output) {
        return output * window.stride().get(axis) - window.padBefore().get(axis);
    }

    /** The window over what {@link #seen} of {@code out}: its outputs are {@code out}. */
    Window over(Box out) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        Shape all = window.outputOf(space);
        for (int axis = 0; axis < window.rank(); axis++) {
            boolean every = out.start(axis + 1) == 0 && out.end(axis + 1) == all.dim(axis);
            int from = first(axis, out.start(axis + 1));
            int to = first(axis, out.end(axis + 1) - 1) + window.reach(axis);
            before.add(every ? window.padBefore().get(axis) : Math.max(0, -from));
            after.add(every ? window.padAfter().get(axis) : Math.max(0, to - space.dim(axis)));
        }
        return new Window(window.size(), window.stride(), window.dilation(), before, after);
    }
}
