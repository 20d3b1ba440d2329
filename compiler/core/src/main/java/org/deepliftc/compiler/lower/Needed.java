package org.deepliftc.compiler.lower;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/**
 * How far along each spatial axis anybody reads a value: a pool whose windows do not reach the end leaves positions that
 * need not be computed.
 */
final class Needed {
    private final Map<Node, List<Node>> users;
    private final Set<Node> results;
    private final Set<Node> inlines;
    private final Map<Node, int[]> known = new HashMap<>();

    Needed(Graph graph, Set<Node> inlines) {
        this.users = graph.users();
        this.results = new HashSet<>(graph.outputs().values());
        this.inlines = inlines;
    }

    /** The extents that are read, at most those of the shape without its channels. */
    int[] of(Node node) {
        int[] extents = known.get(node);
        if (extents == null) {
            extents = compute(node);
            known.put(node, extents);
        }
        return extents.clone();
    }

    private int[] compute(Node node) {
        int[] all = node.shape().from(1).toArray();
        int[] needed = new int[all.length];
        Arrays.fill(needed, 1);
        for (Node user : users.get(node)) {
            int[] more = by(user, node, all);
            for (int axis = 0; axis < all.length; axis++) {
                needed[axis] = Math.max(needed[axis], Math.min(all[axis], more[axis]));
            }
        }
        return results.contains(node) ? all : needed;
    }

    private int[] by(Node user, Node node, int[] all) {
        if (user.op() instanceof Op.MaxPool pool) {
            return reach(pool.window(), user.shape(), all);
        } else if (user.op() instanceof Op.ArgMaxPool pool) {
            return reach(pool.window(), user.shape(), all);
        } else if (user.op() instanceof Op.GatherPositions && user.input(1) != node) {
            return winners(user.input(1), all);
        }
        boolean samePositions = inlines.contains(user) && user.shape().equals(node.shape());
        return samePositions ? of(user) : all;
    }

    private static int[] reach(Window window, Shape out, int[] all) {
        int[] needed = new int[all.length];
        for (int axis = 0; axis < all.length; axis++) {
            needed[axis] = (out.dim(axis + 1) - 1) * window.stride().get(axis)
                    + window.reach(axis)
                    - window.padBefore().get(axis);
        }
        return needed;
    }

    /** The positions that winners can be at. */
    private int[] winners(Node index, int[] all) {
        if (index.op() instanceof Op.ArgMaxPool pool) {
            return reach(pool.window(), index.shape(), all);
        } else if (index.op() instanceof Op.Select) {
            int[] a = winners(index.input(1), all);
            int[] b = winners(index.input(2), all);
            for (int axis = 0; axis < a.length; axis++) {
                a[axis] = Math.max(a[axis], b[axis]);
            }
            return a;
        }
        return index.isConstant() ? positions(index.constant(), all) : all;
    }

    private static int[] positions(ConstantData winners, int[] all) {
        int[] needed = new int[all.length];
        for (int i = 0; i < winners.size(); i++) {
            int rest = (int) winners.at(i);
            for (int axis = all.length - 1; axis >= 0; axis--) {
                needed[axis] = Math.max(needed[axis], rest % all[axis] + 1);
                rest /= all[axis];
            }
        }
        return needed;
    }
}
