package org.deepliftc.pictures;

import java.util.ArrayList;
import java.util.List;

/**
 * Places boxes in layers from top to bottom and routes edges between them (Sugiyama's method): long edges pass each
 * layer between through a lane of their own, so that no edge runs over a box.
 */
final class LayeredLayout {
    /** A place in pixels. */
    record Point(double x, double y) {}

    private static final double NODE_GAP = 18;
    private static final double LANE_WIDTH = 8;
    private static final double LEAST_LAYER_GAP = 26;
    private static final double MOST_LAYER_GAP = 72;
    private static final int MOST_VERTICES = 200_000;

    private final double[] boxWidth;
    private final double[] boxHeight;
    private final List<Layering.Link> links;
    private final int[] layerOf;
    private final List<int[]> chains = new ArrayList<>();
    private final List<List<Integer>> layers = new ArrayList<>();
    private final List<List<Integer>> above = new ArrayList<>();
    private final List<List<Integer>> below = new ArrayList<>();
    private double[] x;
    private double[] layerTop;
    private double[] layerHeight;

    /**
     * @param layerOf layer of each box, every link leading to a later one
     * @throws IllegalArgumentException if long edges would need more lanes than can be drawn
     */
    LayeredLayout(double[] boxWidth, double[] boxHeight, List<Layering.Link> links, int[] layerOf) {
        this.boxWidth = boxWidth;
        this.boxHeight = boxHeight;
        this.links = links;
        this.layerOf = layerOf;
        long vertices = boxWidth.length;
        for (Layering.Link link : links) {
            vertices += layerOf[link.to()] - layerOf[link.from()] - 1;
        }
        if (vertices > MOST_VERTICES) {
            throw new IllegalArgumentException("the drawing would need " + vertices + " boxes and bends, and at most "
                    + MOST_VERTICES + " are laid out; write .dot and draw it with Graphviz");
        }
        buildVertices((int) vertices);
        new LayerOrder(layers, above, below).improve();
        placeHorizontally((int) vertices);
        placeVertically();
    }

    double centreX(int box) {
        return x[box];
    }

    double top(int box) {
        int layer = layerOf[box];
        return layerTop[layer] + (layerHeight[layer] - boxHeight[box]) / 2;
    }

    double width() {
        double right = 0;
        for (int i = 0; i < x.length; i++) {
            right = Math.max(right, x[i] + (i < boxWidth.length ? boxWidth[i] : LANE_WIDTH) / 2);
        }
        return right;
    }

    double height() {
        int last = layerTop.length - 1;
        return layerTop[last] + layerHeight[last];
    }

    /** The corners of an edge: pairs of points that end and begin a layer gap, straight down in between. */
    List<Point> route(int link) {
        int[] chain = chains.get(link);
        int first = layerOf[links.get(link).from()];
        int from = chain[0];
        int to = chain[chain.length - 1];
        List<Point> points = new ArrayList<>();
        points.add(new Point(x[from], top(from) + boxHeight[from]));
        for (int i = 0; i < chain.length; i++) {
            int layer = first + i;
            if (i > 0) {
                points.add(new Point(x[chain[i]], layerTop[layer]));
            }
            if (i < chain.length - 1) {
                points.add(new Point(x[chain[i]], layerTop[layer] + layerHeight[layer]));
            }
        }
        points.add(new Point(x[to], top(to)));
        return points;
    }

    private void buildVertices(int vertices) {
        int deepest = 0;
        for (int layer : layerOf) {
            deepest = Math.max(deepest, layer);
        }
        for (int i = 0; i <= deepest; i++) {
            layers.add(new ArrayList<>());
        }
        for (int i = 0; i < vertices; i++) {
            above.add(new ArrayList<>());
            below.add(new ArrayList<>());
        }
        for (int box = 0; box < boxWidth.length; box++) {
            layers.get(layerOf[box]).add(box);
        }
        int next = boxWidth.length;
        for (Layering.Link link : links) {
            int[] chain = new int[layerOf[link.to()] - layerOf[link.from()] + 1];
            chain[0] = link.from();
            chain[chain.length - 1] = link.to();
            for (int i = 1; i < chain.length - 1; i++) {
                chain[i] = next++;
                layers.get(layerOf[link.from()] + i).add(chain[i]);
            }
            for (int i = 1; i < chain.length; i++) {
                below.get(chain[i - 1]).add(chain[i]);
                above.get(chain[i]).add(chain[i - 1]);
            }
            chains.add(chain);
        }
    }

    private void placeHorizontally(int vertices) {
        double[] width = new double[vertices];
        boolean[] isBend = new boolean[vertices];
        for (int i = 0; i < vertices; i++) {
            isBend[i] = i >= boxWidth.length;
            width[i] = isBend[i] ? LANE_WIDTH : boxWidth[i];
        }
        x = new LayerPlacement(layers, above, below, width, isBend, NODE_GAP).place();
    }

    /** Gaps grow with the longest sideways run through them, so that curves stay steep enough to follow. */
    private void placeVertically() {
        layerTop = new double[layers.size()];
        layerHeight = new double[layers.size()];
        double y = 0;
        for (int i = 0; i < layers.size(); i++) {
            layerTop[i] = y;
            double run = 0;
            for (int vertex : layers.get(i)) {
                layerHeight[i] = Math.max(layerHeight[i], vertex < boxHeight.length ? boxHeight[vertex] : 0);
                for (int next : below.get(vertex)) {
                    run = Math.max(run, Math.abs(x[vertex] - x[next]));
                }
            }
            y += layerHeight[i] + Math.min(MOST_LAYER_GAP, LEAST_LAYER_GAP + run / 8);
        }
    }
}
