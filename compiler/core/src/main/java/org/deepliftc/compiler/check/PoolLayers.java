package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Pools over the spatial axes of [channels, space...]. */
final class PoolLayers {
    private PoolLayers() {}

    static Value max(Site site, int rank) {
        Node x = AffineLayers.spatial(site, rank);
        Window window = window(site, x, rank);
        boolean ceil = site.arguments().flag("ceil", false);
        return site.result(new Op.MaxPool(ceil ? Windows.roundedUp(window, x) : window), x);
    }

    /**
     * The mean of each window. What a window reaches beyond the declared padding never counts in the divisor: a
     * pool that counts its padding and rounds up therefore pads first.
     */
    static Value average(Site site, int rank) {
        Node x = AffineLayers.spatial(site, rank);
        Window window = window(site, x, rank);
        boolean counts = site.arguments().flag("count_padding", false);
        if (!site.arguments().flag("ceil", false)) {
            return average(site, x, window, counts);
        }
        Window rounded = Windows.roundedUp(window, x);
        if (!counts || rounded.equals(window)) {
            return average(site, x, rounded, counts);
        }
        return average(site, padded(site, x, window), beyond(window, rounded), false);
    }

    /** The rounded window over an input that already carries the declared padding. */
    private static Window beyond(Window declared, Window rounded) {
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < declared.rank(); axis++) {
            after.add(rounded.padAfter().get(axis) - declared.padAfter().get(axis));
        }
        List<Integer> none = Collections.nCopies(declared.rank(), 0);
        return new Window(declared.size(), declared.stride(), declared.dilation(), none, after);
    }

    private static Value average(Site site, Node x, Window window, boolean counts) {
        return site.result(
                new Op.AveragePool(
                        window, counts, Op.Direction.FORWARD, x.shape().from(1)),
                x);
    }

    private static Node padded(Site site, Node x, Window window) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        List<Integer> dims = new ArrayList<>(List.of(x.shape().dim(0)));
        for (int axis = 0; axis < window.rank(); axis++) {
            starts.add(window.padBefore().get(axis));
            dims.add(x.shape().dim(axis + 1)
                    + window.padBefore().get(axis)
                    + window.padAfter().get(axis));
        }
        List<Integer> steps = Collections.nCopies(dims.size(), 1);
        return site.step("pad", new Op.Embed(starts, steps, site.shape(dims), 0), x);
    }

    private static Window window(Site site, Node x, int rank) {
        if (!site.arguments().has(AffineLayers.sizeParameter(rank))) {
            throw Failure.of(
                    Problem.CALL002,
                    site.span(),
                    site.function() + ": '" + AffineLayers.sizeParameter(rank) + "' is missing",
                    "a pool over everything is globalmaxpool or globalavgpool");
        }
        List<Integer> size = AffineLayers.size(site, rank, List.of());
        Window window = Windows.of(site, x, size, size);
        for (int axis = 0; axis < rank; axis++) {
            if (window.padBefore().get(axis) >= window.reach(axis)
                    || window.padAfter().get(axis) >= window.reach(axis)) {
                throw site.arguments().outOfRange("padding", "the padding of a pool must be smaller than its window");
            }
        }
        return window;
    }

    /** The largest value of each channel. */
    static Value globalMax(Site site) {
        Node x = channels(site);
        List<Integer> size = x.shape().from(1).dims();
        Op pool = new Op.MaxPool(Window.of(size, Collections.nCopies(size.size(), 1)));
        if (site.arguments().flag("keepdims", false)) {
            return site.result(pool, x);
        }
        return site.result(new Op.Reshape(Shape.of(x.shape().dim(0))), site.step("maxpool", pool, x));
    }

    /** The mean of each channel. */
    static Value globalAverage(Site site) {
        Node x = channels(site);
        List<Integer> axes = new ArrayList<>();
        for (int axis = 1; axis < x.shape().rank(); axis++) {
            axes.add(axis);
        }
        return site.result(
                new Op.Reduce(Op.ReduceKind.MEAN, axes, site.arguments().flag("keepdims", false)), x);
    }

    private static Node channels(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() < 2) {
            throw site.shapeFailure("reads [channels, space...], but the input is " + x.shape(), x);
        }
        return x;
    }
}
