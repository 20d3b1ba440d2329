package org.deepliftc.pictures;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * One extreme layout: vertices are stacked, where they can, straight below the median of their neighbours, and the stacks
 * packed to the left.
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
                int[] neighbours = before.get(vertex).stream()
                        .sorted((a, b) -> Integer.compare(rank[a], rank[b]))
                        .mapToInt(Integer::intValue)
                        .toArray();
                for (int median = (neighbours.length - 1) / 2; median < neighbours.length / 2 + 1; median++) {
                    if (median >= neighbours.length || root[vertex] != vertex) {
                        break;
                    }
                    int neighbour = neighbours[median];
                    // Stacks may not cross, so each takes a neighbour right of the one taken last.
                    if (rank[neighbour] > taken && !avoided.contains(LayerPlacement.key(vertex, neighbour))) {
                        root[vertex] = root[neighbour];
                        taken = rank[neighbour];
                    }
                }
            }
        }
    }

    /** Longest paths over the stacks from the left, then each stack moved right as far as those beside it leave room. */
    private double[] pack() {
        List<List<Separation>> toRight = new ArrayList<>();
        List<List<Separation>> toLeft = new ArrayList<>();
        for (int i = 0; i < root.length; i++) {
            toRight.add(new ArrayList<>());
            toLeft.add(new ArrayList<>());
        }
        for (List<Integer> layer : layers) {
            for (int i = 1; i < layer.size(); i++) {
                int left = layer.get(i - 1);
                int right = layer.get(i);
                double distance = (width[left] + width[right]) / 2 + gap;
                Separation separation = new Separation(root[left], root[right], distance);
                toRight.get(separation.left).add(separation);
                toLeft.get(separation.right).add(separation);
            }
        }
        List<Integer> order = order(toRight, toLeft);
        double[] x = new double[root.length];
        for (int stack : order) {
            for (Separation separation : toLeft.get(stack)) {
                x[stack] = Math.max(x[stack], x[separation.left] + separation.distance);
            }
        }
        for (int i = order.size() - 1; i >= 0; i--) {
            int stack = order.get(i);
            double room = Double.POSITIVE_INFINITY;
            for (Separation separation : toRight.get(stack)) {
                room = Math.min(room, x[separation.right] - separation.distance);
            }
            if (room != Double.POSITIVE_INFINITY) {
                x[stack] = Math.max(x[stack], room);
            }
        }
        double[] centres = new double[root.length];
        for (int vertex = 0; vertex < centres.length; vertex++) {
            centres[vertex] = x[root[vertex]];
        }
        return centres;
    }

    /** Stacks so that each comes after those left of it; they never cross, so there is no cycle. */
    private List<Integer> order(List<List<Separation>> toRight, List<List<Separation>> toLeft) {
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
