package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Horizontal places of ordered vertices by Brandes and Koepf (Graph Drawing 2001): four extreme layouts, each with
 * every long edge in one straight lane, are averaged.
 */
final class LayerPlacement {
    private final List<List<Integer>> layers;
    private final List<List<Integer>> above;
    private final List<List<Integer>> below;
    private final double[] width;
    private final boolean[] isBend;
    private final double gap;

    /**
     * @param isBend whether a vertex only carries a long edge through its layer
     * @param gap least distance between neighbours
     */
    LayerPlacement(
            List<List<Integer>> layers,
            List<List<Integer>> above,
            List<List<Integer>> below,
            double[] width,
            boolean[] isBend,
            double gap) {
        this.layers = layers;
        this.above = above;
        this.below = below;
        this.width = width;
        this.isBend = isBend;
        this.gap = gap;
    }

    /** The centre of each vertex; the leftmost vertex touches 0. */
    double[] place() {
        Set<Long> crossingLanes = edgesCrossingLanes();
        double[][] layouts = new double[4][];
        for (int i = 0; i < 4; i++) {
            boolean fromBelow = (i & 1) != 0;
            boolean fromRight = (i & 2) != 0;
            double[] x = new LaneAlignment(
                            flipped(fromBelow, fromRight), fromBelow ? below : above, crossingLanes, width, gap)
                    .place();
            layouts[i] = fromRight ? negated(x) : x;
        }
        alignToNarrowest(layouts);
        double[] x = new double[width.length];
        double[] four = new double[4];
        for (int vertex = 0; vertex < x.length; vertex++) {
            for (int i = 0; i < 4; i++) {
                four[i] = layouts[i][vertex];
            }
            Arrays.sort(four);
            x[vertex] = (four[1] + four[2]) / 2;
        }
        shift(x, -left(x));
        return x;
    }

    /** An edge regardless of its direction, as one number. */
    static long key(int vertex, int other) {
        return (long) Math.min(vertex, other) << 32 | Math.max(vertex, other);
    }

    /** Edges of boxes that cross a lane between two bends: they have to give way, so that lanes stay straight. */
    private Set<Long> edgesCrossingLanes() {
        Set<Long> crossing = new HashSet<>();
        int[] rank = new int[width.length];
        for (int i = 0; i + 1 < layers.size(); i++) {
            List<Integer> upper = layers.get(i);
            List<Integer> lower = layers.get(i + 1);
            for (int k = 0; k < upper.size(); k++) {
                rank[upper.get(k)] = k;
            }
            int laneLeft = 0;
            int scanned = 0;
            for (int k = 0; k < lower.size(); k++) {
                boolean isLane = isLane(lower.get(k));
                if (!isLane && k + 1 < lower.size()) {
                    continue;
                }
                int laneRight = isLane ? rank[above.get(lower.get(k)).get(0)] : upper.size() - 1;
                for (; scanned <= k; scanned++) {
                    addCrossing(lower.get(scanned), rank, laneLeft, laneRight, crossing);
                }
                laneLeft = laneRight;
            }
        }
        return crossing;
    }

    /** Adds the edges of a vertex that lead beyond the lanes on both sides of it. */
    private void addCrossing(int vertex, int[] rank, int laneLeft, int laneRight, Set<Long> crossing) {
        for (int neighbour : above.get(vertex)) {
            boolean crosses = rank[neighbour] < laneLeft || rank[neighbour] > laneRight;
            if (crosses && !(isBend[vertex] && isBend[neighbour])) {
                crossing.add(key(vertex, neighbour));
            }
        }
    }

    private boolean isLane(int vertex) {
        return isBend[vertex] && isBend[above.get(vertex).get(0)];
    }

    private List<List<Integer>> flipped(boolean fromBelow, boolean fromRight) {
        List<List<Integer>> turned = new ArrayList<>();
        for (List<Integer> layer : layers) {
            List<Integer> copy = new ArrayList<>(layer);
            if (fromRight) {
                Collections.reverse(copy);
            }
            turned.add(copy);
        }
        if (fromBelow) {
            Collections.reverse(turned);
        }
        return turned;
    }

    /** Layouts packed to the left share the narrowest one's left end, the others its right end. */
    private void alignToNarrowest(double[][] layouts) {
        double[] narrowest = layouts[0];
        for (double[] layout : layouts) {
            if (right(layout) - left(layout) < right(narrowest) - left(narrowest)) {
                narrowest = layout;
            }
        }
        double left = left(narrowest);
        double right = right(narrowest);
        for (int i = 0; i < 4; i++) {
            shift(layouts[i], (i & 2) == 0 ? left - left(layouts[i]) : right - right(layouts[i]));
        }
    }

    private double left(double[] x) {
        double left = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            left = Math.min(left, x[i] - width[i] / 2);
        }
        return left;
    }

    private double right(double[] x) {
        double right = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            right = Math.max(right, x[i] + width[i] / 2);
        }
        return right;
    }

    private static void shift(double[] x, double distance) {
        for (int i = 0; i < x.length; i++) {
            x[i] += distance;
        }
    }

    private static double[] negated(double[] x) {
        return Arrays.stream(x).map(value -> -value).toArray();
    }
}
