package org.deepliftc.pictures;

import java.util.List;

/**
 * Horizontal places of ordered vertices: each layer in turn moves as near to its neighbours as order and width allow,
 * which is isotonic regression, solved exactly by pooling adjacent violators.
 */
final class LayerPlacement {
    private static final int SWEEPS = 40;

    private final List<List<Integer>> layers;
    private final List<List<Integer>> above;
    private final List<List<Integer>> below;
    private final double[] width;
    private final boolean[] isBend;
    private final double gap;
    private final double[] x;

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
        this.x = new double[width.length];
    }

    /** The centre of each vertex; the leftmost vertex touches 0. */
    double[] place() {
        for (List<Integer> layer : layers) {
            double right = 0;
            for (int vertex : layer) {
                x[vertex] = right + width[vertex] / 2;
                right += width[vertex] + gap;
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            boolean both = sweep >= SWEEPS / 2;
            for (int i = 0; i < layers.size(); i++) {
                align(layers.get(down ? i : layers.size() - 1 - i), both || down, both || !down);
            }
        }
        double left = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            left = Math.min(left, x[i] - width[i] / 2);
        }
        for (int i = 0; i < x.length; i++) {
            x[i] -= left;
        }
        return x;
    }

    private void align(List<Integer> layer, boolean byAbove, boolean byBelow) {
        int count = layer.size();
        double[] offset = new double[count];
        double[] wish = new double[count];
        double[] weight = new double[count];
        for (int i = 0; i < count; i++) {
            int vertex = layer.get(i);
            if (i > 0) {
                offset[i] = offset[i - 1] + (width[layer.get(i - 1)] + width[vertex]) / 2 + gap;
            }
            double sum = 0.01 * x[vertex];
            weight[i] = 0.01;
            for (List<Integer> neighbours : List.of(
                    byAbove ? above.get(vertex) : List.<Integer>of(), byBelow ? below.get(vertex) : List.<Integer>of())) {
                for (int neighbour : neighbours) {
                    double pull = pull(vertex, neighbour);
                    sum += pull * x[neighbour];
                    weight[i] += pull;
                }
            }
            wish[i] = sum / weight[i] - offset[i];
        }
        double[] fitted = isotonic(wish, weight);
        for (int i = 0; i < count; i++) {
            x[layer.get(i)] = fitted[i] + offset[i];
        }
    }

    /** Long edges are kept straight before short ones. */
    private double pull(int vertex, int neighbour) {
        return isBend[vertex] && isBend[neighbour] ? 8 : isBend[vertex] || isBend[neighbour] ? 2 : 1;
    }

    /** The non-decreasing sequence nearest to the wishes in weighted least squares. */
    static double[] isotonic(double[] wish, double[] weight) {
        double[] mean = new double[wish.length];
        double[] mass = new double[wish.length];
        int[] size = new int[wish.length];
        int blocks = 0;
        for (int i = 0; i < wish.length; i++) {
            mean[blocks] = wish[i];
            mass[blocks] = weight[i];
            size[blocks] = 1;
            blocks++;
            while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
                blocks--;
                double total = mass[blocks - 1] + mass[blocks];
                mean[blocks - 1] = (mean[blocks - 1] * mass[blocks - 1] + mean[blocks] * mass[blocks]) / total;
                mass[blocks - 1] = total;
                size[blocks - 1] += size[blocks];
            }
        }
        double[] fitted = new double[wish.length];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < size[block]; i++) {
                fitted[at++] = mean[block];
            }
        }
        return fitted;
    }
}
