package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.Normalisation;

/** Normalisations by statistics of the example itself. */
final class NormalisationLayers {
    private static final List<String> SCALE = List.of(".weight", ".gamma", ".scale");
    private static final List<String> SHIFT = List.of(".bias", ".beta");

    private NormalisationLayers() {}

    /** layer_norm(x, axis): over this axis and all behind it; scale and shift have their shape. */
    static Value layer(Site site) {
        return overLast(site, true);
    }

    /** rms_norm(x, axis): the same without the mean, and without a shift unless one is given. */
    static Value rootMeanSquare(Site site) {
        return overLast(site, false);
    }

    private static Value overLast(Site site, boolean centred) {
        Node x = site.tensor("x");
        int rank = x.shape().rank();
        if (rank == 0) {
            throw site.shapeFailure("a scalar has no axis to normalise along", x);
        }
        int first = site.arguments().axis("axis", rank, -1);
        List<Integer> axes = new ArrayList<>();
        for (int axis = first; axis < rank; axis++) {
            axes.add(axis);
        }
        Shape wanted = x.shape().from(first);
        Parameters parameters = new Parameters(site);
        Optional<Node> scale = parameter(parameters, "weight", SCALE, wanted, wanted, x);
        Optional<Node> shift = parameter(parameters, "bias", SHIFT, wanted, wanted, x);
        return new Value.Tensor(normalisation(site).over(x, axes, centred, scale, shift));
    }

    private static Normalisation normalisation(Site site) {
        double epsilon = site.arguments().real("epsilon", 1e-5);
        if (!(epsilon >= 0)) {
            throw site.arguments().outOfRange("epsilon", "'epsilon' must not be negative");
        }
        return new Normalisation(new LayerNodes(site, ""), epsilon);
    }

    private static Optional<Node> parameter(
            Parameters parameters, String role, List<String> names, Shape wanted, Shape seen, Node x) {
        return parameters.find(role, role, names).map(weight -> {
            if (!weight.shape().equals(wanted)) {
                throw parameters.mismatch(weight, wanted, List.of("an input of " + x.shape()));
            }
            return weight.node(seen);
        });
    }

    /** group_norm(x, groups): over each group of channels and all space; scale and shift by channel. */
    static Value group(Site site) {
        Node x = channels(site);
        int groups = site.arguments().whole("groups", 1);
        if (x.shape().dim(0) % groups != 0) {
            throw site.arguments()
                    .outOfRange("groups", x.shape().dim(0) + " channels do not split into " + groups + " groups");
        }
        return grouped(site, x, groups);
    }

    /** instance_norm(x): over the space of each channel. */
    static Value instance(Site site) {
        Node x = channels(site);
        return grouped(site, x, x.shape().dim(0));
    }

    private static Value grouped(Site site, Node x, int groups) {
        Shape channels = x.shape().upTo(1);
        Shape seen = channels;
        for (int axis = 1; axis < x.shape().rank(); axis++) {
            seen = seen.append(Shape.of(1));
        }
        Parameters parameters = new Parameters(site);
        Optional<Node> scale = parameter(parameters, "weight", SCALE, channels, seen, x);
        Optional<Node> shift = parameter(parameters, "bias", SHIFT, channels, seen, x);
        return new Value.Tensor(normalisation(site).overGroups(x, groups, scale, shift));
    }

    /** local_response_norm(x, size, alpha, beta, k), as in PyTorch and ONNX. */
    static Value localResponse(Site site) {
        Node x = channels(site);
        int size = site.arguments().whole("size", 1);
        double bias = site.arguments().real("k", 1);
        double alpha = site.arguments().real("alpha", 1e-4);
        if (!(bias > 0) || !(alpha >= 0)) {
            throw site.arguments().outOfRange("k", "'k' must be positive and 'alpha' not negative");
        }
        double beta = site.arguments().real("beta", 0.75);
        return new Value.Tensor(Normalisation.localResponse(new LayerNodes(site, ""), x, size, alpha, beta, bias));
    }

    private static Node channels(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() < 1) {
            throw site.shapeFailure("reads [channels, space...], but the input is a scalar", x);
        }
        return x;
    }
}
