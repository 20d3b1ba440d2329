package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Convolutions that make space larger: the transposes of those that make it smaller. */
final class TransposedConvolutions {
    private TransposedConvolutions() {}

    /** conv_transposeNd(x, filters, size): weight [channels, filters / groups, size...], as in PyTorch and ONNX. */
    static Value of(Site site, int rank) {
        Node x = AffineLayers.spatial(site, rank);
        Arguments arguments = site.arguments();
        if (arguments.has("padding") && arguments.required("padding").value() instanceof Value.Word) {
            throw arguments.wrong("padding", arguments.required("padding"), "a number or numbers");
        }
        Parameters parameters = new Parameters(site);
        Parameters.Weight weight = parameters.require("weight", "weight", Parameters.MAIN);
        boolean fits = weight.shape().rank() == rank + 2;
        int channels = x.shape().dim(0);
        int groups = arguments.whole("groups", 1, 1);
        int filters = arguments.whole("filters", 1, fits ? weight.shape().dim(1) * groups : groups);
        if (channels % groups != 0 || filters % groups != 0) {
            throw arguments.outOfRange(
                    "groups",
                    channels + " channels and " + filters + " filters do not split into " + groups + " groups");
        }
        List<Integer> size =
                AffineLayers.size(site, rank, fits ? weight.shape().from(2).dims() : Collections.nCopies(rank, 1));
        List<Integer> dims = new ArrayList<>(List.of(channels, filters / groups));
        dims.addAll(size);
        Shape needed = site.shape(dims);
        if (!weight.shape().equals(needed)) {
            throw parameters.mismatch(weight, needed, List.of("the input " + x.shape() + " with filters = " + filters));
        }
        Window window = Windows.of(site, x, size, Collections.nCopies(rank, 1));
        Op op = new Op.ConvolutionTransposed(window, groups, space(site, x, window));
        Optional<Parameters.Weight> bias = parameters.find("bias", "bias", List.of(".bias"));
        if (bias.isEmpty()) {
            return site.result(op, x, weight.node());
        }
        if (!bias.get().shape().equals(Shape.of(filters))) {
            throw parameters.mismatch(bias.get(), Shape.of(filters), List.of(filters + " filters"));
        }
        Shape perChannel = Shape.of(filters);
        for (int axis = 0; axis < rank; axis++) {
            perChannel = perChannel.append(Shape.of(1));
        }
        Node product = site.step("product", op, x, weight.node());
        return site.result(new Op.Binary(Op.BinaryKind.ADD), product, bias.get().node(perChannel));
    }

    /** (extent - 1) stride - padding + reach + output_padding along each axis. */
    private static Shape space(Site site, Node x, Window window) {
        List<Integer> more =
                site.arguments().perAxis("output_padding", window.rank(), 0, Collections.nCopies(window.rank(), 0));
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            if (more.get(axis) >= window.stride().get(axis)) {
                throw site.arguments().outOfRange("output_padding", "'output_padding' must be smaller than the stride");
            }
            long extent = (x.shape().dim(axis + 1) - 1L) * window.stride().get(axis)
                    + window.reach(axis)
                    - window.padBefore().get(axis)
                    - window.padAfter().get(axis)
                    + more.get(axis);
            if (extent < 1) {
                throw site.shapeFailure("the padding takes away the whole output of an input " + x.shape(), x);
            }
            dims.add((int) Math.min(Integer.MAX_VALUE, extent));
        }
        return site.shape(dims);
    }
}
