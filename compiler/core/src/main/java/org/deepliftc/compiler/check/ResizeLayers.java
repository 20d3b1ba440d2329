package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.layer.Resize;

/** Functions that change the space of [channels, space...]: upsample, pixel_shuffle, adaptive pools. */
final class ResizeLayers {
    private ResizeLayers() {}

    private static Node spatial(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() < 2) {
            throw site.shapeFailure("reads [channels, space...], but the input is " + x.shape(), x);
        }
        return x;
    }

    /** upsample(x, scale, mode): nearest repeats, linear interpolates along every spatial axis. */
    static Value upsample(Site site) {
        Node x = spatial(site);
        int rank = x.shape().rank() - 1;
        site.arguments().required("scale");
        List<Integer> scales = site.arguments().perAxis("scale", rank, 1, List.of());
        List<Integer> dims = new ArrayList<>(List.of(x.shape().dim(0)));
        for (int axis = 0; axis < rank; axis++) {
            dims.add((int) Math.min(Integer.MAX_VALUE, (long) x.shape().dim(axis + 1) * scales.get(axis)));
        }
        site.shape(dims);
        Resize resize = new Resize(new LayerNodes(site, ""));
        boolean corners = site.arguments().flag("align_corners", false);
        if (site.arguments()
                .choice("mode", List.of("nearest", "linear"), "nearest")
                .equals("nearest")) {
            return new Value.Tensor(resize.nearest(x, scales));
        }
        List<ConstantData> matrices = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            matrices.add(Resize.linear(x.shape().dim(axis + 1), dims.get(axis + 1), corners));
        }
        return new Value.Tensor(resize.byMatrices(x, matrices));
    }

    /** pixel_shuffle(x, factor): channels become space. */
    static Value shuffle(Site site) {
        Node x = spatial(site);
        int factor = site.arguments().whole("factor", 1);
        double parts = Math.pow(factor, x.shape().rank() - 1.0);
        if (x.shape().dim(0) % parts != 0) {
            throw site.arguments()
                    .outOfRange(
                            "factor",
                            x.shape().dim(0) + " channels do not split into " + (long) parts + " for each position");
        }
        return new Value.Tensor(new Resize(new LayerNodes(site, "")).shuffle(x, factor));
    }

    /** adaptive_avgpool(x, size): as many means as asked for, of windows as equal as they can be. */
    static Value adaptiveAverage(Site site) {
        Node x = spatial(site);
        List<Integer> size = sizes(site, x);
        List<ConstantData> matrices = new ArrayList<>();
        for (int axis = 0; axis < size.size(); axis++) {
            matrices.add(Resize.means(x.shape().dim(axis + 1), size.get(axis)));
        }
        Window window = equalParts(x, size);
        return window == null
                ? new Value.Tensor(new Resize(new LayerNodes(site, "")).byMatrices(x, matrices))
                : site.result(
                        new Op.AveragePool(
                                window, false, Op.Direction.FORWARD, x.shape().from(1)),
                        x);
    }

    /** adaptive_maxpool(x, size): where the windows are equal. */
    static Value adaptiveMax(Site site) {
        Node x = spatial(site);
        List<Integer> size = sizes(site, x);
        Window window = equalParts(x, size);
        if (window == null) {
            throw Failure.of(
                    Problem.SHAPE003,
                    site.arguments().span("size"),
                    site.function() + ": windows of " + x.shape().from(1) + " for " + new Shape(size)
                            + " outputs differ in size",
                    "every extent of the output must divide the input's");
        }
        return site.result(new Op.MaxPool(window), x);
    }

    private static List<Integer> sizes(Site site, Node x) {
        site.arguments().required("size");
        return site.arguments().perAxis("size", x.shape().rank() - 1, 1, List.of());
    }

    /** The window of equal parts; null where extents do not divide. */
    private static Window equalParts(Node x, List<Integer> size) {
        List<Integer> extents = new ArrayList<>();
        for (int axis = 0; axis < size.size(); axis++) {
            int extent = x.shape().dim(axis + 1);
            if (extent % size.get(axis) != 0) {
                return null;
            }
            extents.add(extent / size.get(axis));
        }
        return Window.of(extents, extents);
    }
}
