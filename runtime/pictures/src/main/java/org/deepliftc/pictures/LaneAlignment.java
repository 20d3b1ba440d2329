package org.deepliftc.pictures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * One extreme layout: vertices are stacked, where they can, straight below the median of their neighbours, and the
 * stacks packed to the left.
 */
final class LaneAlignment {
    /** Two stacks side by side in some layer. */
    private record Separation(int left, int right, double distance) {}

    private final List<List<Integer>> layers;
    private final List<List<Integer>> before;
    private final Set<Long> avoided;
    private final double[] width;
    private final double gap;
    private final int[] rank;
    /** The first vertex of the stack that each vertex belongs to. */
    private final int[] root;

    private final List<List<Separation>> toRight = new ArrayList<>();
    private final List<List<Separation>> toLeft = new ArrayList<>();

    /**
     * @param before neighbours of each vertex in the layer listed before its own
     * @param avoided edges, by {@link LayerPlacement#key}, that must not hold a stack together
     */
    LaneAlignment(
            List<List<Integer>> layers, List<List<Integer>> before, Set<Long> avoided, double[] width, double gap) {
        this.layers = layers;
        this.before = before;
        this.avoided = avoided;
        this.width = width;
        this.gap = gap;
        this.rank = new int[width.length];
        this.root = new int[width.length];
        for (int i = 0; i < width.length; i++) {
            toRight.add(new ArrayList<>());
            toLeft.add(new ArrayList<>());
        }
    }

    /** The centre of each vertex. */
    double[] place() {
        stack();
        return pack();
    }

    private void stack() {
        for (List<Integer> layer : layers) {
            for (int i = 0; i < layer.size(); i++) {
                rank[layer.get(i)] = i;
                root[layer.get(i)] = layer.get(i);
            }
        }
        for (List<Integer> layer : layers) {
            int taken = -1;
            for (int vertex : layer) {
                for (int neighbour : medians(before.get(vertex))) {
                    // Stacks may not cross, so each takes a neighbour right of the one taken last.
                    if (rank[neighbour] > taken && !avoided.contains(LayerPlacement.key(vertex, neighbour))) {
                        root[vertex] = root[neighbour];
                        taken = rank[neighbour];
                        break;
                    }
                }
            }
        }
    }

    /** The one or two in the middle, the left one first. */
    private List<Integer> medians(List<Integer> neighbours) {
        List<Integer> sorted = new ArrayList<>(neighbours);
        sorted.sort(Comparator.comparingInt(vertex -> rank[vertex]));
        int count = sorted.size();
        return count == 0 ? sorted : sorted.subList((count - 1) / 2, count / 2 + 1);
    }

    /** Longest paths over the stacks from the left; then each moves right as far as those beside it leave room. */
    private double[] pack() {
        for (List<Integer> layer : layers) {
            for (int i = 1; i < layer.size(); i++) {
                separate(layer.get(i - 1), layer.get(i));
            }
        }
        List<Integer> order = order();
        double[] x = new double[root.length];
        for (int stack : order) {
            for (Separation separation : toLeft.get(stack)) {
                x[stack] = Math.max(x[stack], x[separation.left] + separation.distance);
            }
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            int stack = order.get(i);
            toRight.get(stack).stream()
                    .mapToDouble(separation -> x[separation.right] - separation.distance)
                    .min()
                    .ifPresent(room -> x[stack] = Math.max(x[stack], room));
        }
        return Arrays.stream(root).mapToDouble(stack -> x[stack]).toArray();
    }

    private void separate(int left, int right) {
        Separation separation = new Separation(root[left], root[right], (width[left] + width[right]) / 2 + gap);
        toRight.get(separation.left).add(separation);
        toLeft.get(separation.right).add(separation);
    }

    /** Stacks so that each comes after those left of it; they never cross, so there is no cycle. */
    private List<Integer> order() {
        int[] waiting = new int[root.length];
        Deque<Integer> ready = new ArrayDeque<>();
        for (int vertex = 0; vertex < root.length; vertex++) {
            waiting[vertex] = toLeft.get(vertex).size();
            if (waiting[vertex] == 0 && root[vertex] == vertex) {
                ready.add(vertex);
            }
        }
        List<Integer> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            int stack = ready.remove();
            order.add(stack);
            for (Separation separation : toRight.get(stack)) {
                if (--waiting[separation.right] == 0) {
                    ready.add(separation.right);
                }
            }
        }
        return order;
    }
}
