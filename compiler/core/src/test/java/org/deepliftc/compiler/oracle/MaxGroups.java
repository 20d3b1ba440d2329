package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Which elements of its input each element of a maximum looks at, in row-major order. */
final class MaxGroups {
    private MaxGroups() {}

    /** For each output of a pool over {@code x}, the flat positions of its window that are not padding. */
    static List<List<Integer>> ofPool(Window window, Shape x) {
        Shape out = Shape.of(x.dim(0)).append(window.outputOf(x.from(1)));
        List<List<Integer>> groups = new ArrayList<>();
        for (int o = 0; o < out.size(); o++) {
            int[] corner = position(o, out);
            List<Integer> group = new ArrayList<>();
            for (int i = 0; i < x.size(); i++) {
                if (isSeen(window, corner, position(i, x))) {
                    group.add(i);
                }
            }
            groups.add(group);
        }
        return groups;
    }

    /** True where the window of the output at {@code out} has a tap on the input at {@code in}. */
    private static boolean isSeen(Window window, int[] out, int[] in) {
        boolean seen = out[0] == in[0];
        for (int axis = 0; axis < window.rank(); axis++) {
            int start = out[axis + 1] * window.stride().get(axis)
                    - window.padBefore().get(axis);
            int distance = in[axis + 1] - start;
            seen = seen
                    && distance >= 0
                    && distance % window.dilation().get(axis) == 0
                    && distance / window.dilation().get(axis) < window.size().get(axis);
        }
        return seen;
    }

    /** For each output of a reduction, the elements it reduces. */
    static List<List<Integer>> ofReduction(Op.Reduce reduce, Shape x) {
        Shape kept = x;
        for (int axis : reduce.axes()) {
            kept = kept.with(axis, 1);
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (int o = 0; o < kept.size(); o++) {
            groups.add(new ArrayList<>());
        }
        int[] strides = kept.strides();
        for (int i = 0; i < x.size(); i++) {
            int[] at = position(i, x);
            int o = 0;
            for (int axis = 0; axis < x.rank(); axis++) {
                o += reduce.axes().contains(axis) ? 0 : at[axis] * strides[axis];
            }
            groups.get(o).add(i);
        }
        return groups;
    }

    private static int[] position(int flat, Shape shape) {
        int[] at = new int[shape.rank()];
        int rest = flat;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            at[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return at;
    }
}
