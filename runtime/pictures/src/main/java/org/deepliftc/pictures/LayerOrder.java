package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Orders the vertices within layers so that edges cross little: barycentre sweeps, the best of which is kept. */
final class LayerOrder {
    private static final int SWEEPS = 24;

    private final List<List<Integer>> layers;
    private final List<List<Integer>> above;
    private final List<List<Integer>> below;
    private final int[] rank;

    /**
     * @param layers vertices of each layer in their first order; replaced by the better order
     * @param above neighbours of each vertex in the layer before its own
     * @param below neighbours in the layer after
     */
    LayerOrder(List<List<Integer>> layers, List<List<Integer>> above, List<List<Integer>> below) {
        this.layers = layers;
        this.above = above;
        this.below = below;
        this.rank = new int[above.size()];
    }

    void improve() {
        layers.forEach(this::number);
        List<List<Integer>> best = copy();
        long fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                List<Integer> layer = layers.get(down ? i : layers.size() - 1 - i);
                sort(layer, down ? above : below);
            }
            long now = crossings();
            if (now < fewest) {
                fewest = now;
                best = copy();
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            layers.set(i, best.get(i));
        }
    }

    private void sort(List<Integer> layer, List<List<Integer>> neighbours) {
        double[] centre = new double[layer.size()];
        Integer[] order = new Integer[layer.size()];
        for (int i = 0; i < centre.length; i++) {
            order[i] = i;
            centre[i] = neighbours.get(layer.get(i)).stream()
                    .mapToInt(vertex -> rank[vertex])
                    .average()
                    .orElse(i);
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> centre[i]));
        List<Integer> before = List.copyOf(layer);
        for (int i = 0; i < order.length; i++) {
            layer.set(i, before.get(order[i]));
        }
        number(layer);
    }

    private void number(List<Integer> layer) {
        for (int i = 0; i < layer.size(); i++) {
            rank[layer.get(i)] = i;
        }
    }

    private List<List<Integer>> copy() {
        List<List<Integer>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    /** Inversions among the lower ends of edges taken in the order of their upper ends. */
    private long crossings() {
        long crossings = 0;
        for (int i = 0; i + 1 < layers.size(); i++) {
            int[] counts = new int[layers.get(i + 1).size() + 1];
            int seen = 0;
            for (int vertex : layers.get(i)) {
                int[] ends = below.get(vertex).stream()
                        .mapToInt(next -> rank[next])
                        .sorted()
                        .toArray();
                for (int end : ends) {
                    crossings += seen - sumUpTo(counts, end + 1);
                }
                for (int end : ends) {
                    increment(counts, end + 1);
                }
                seen += ends.length;
            }
        }
        return crossings;
    }

    /** A Fenwick tree: sums of prefixes in logarithmic time. */
    private static int sumUpTo(int[] tree, int index) {
        int sum = 0;
        for (int i = index; i > 0; i -= i & -i) {
            sum += tree[i];
        }
        return sum;
    }

    private static void increment(int[] tree, int index) {
        for (int i = index; i < tree.length; i += i & -i) {
            tree[i]++;
        }
    }
}
