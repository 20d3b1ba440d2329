package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** Layers with weights: dense, convolutions, batch normalisation; and tensors read as they are. */
final class AffineLayers {
    private static final List<String> BIAS = List.of(".bias");

    private AffineLayers() {}

    /** dense(x, units): y[..., o] = bias[o] + sum_i weight[o, i] x[..., i]. */
    static Value dense(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() == 0) {
            throw site.shapeFailure("reads [..., features], but the input is a scalar", x);
        }
        Parameters parameters = new Parameters(site);
        Parameters.Weight weight = parameters.require("weight", "weight", Parameters.MAIN);
        int inputs = x.shape().dim(x.shape().rank() - 1);
        boolean isMatrix = weight.shape().rank() == 2;
        int units = site.arguments().whole("units", 1, isMatrix ? weight.shape().dim(0) : 1);
        Shape needed = site.shape(List.of(units, inputs));
        List<String> reasons = new ArrayList<>();
        if (!isMatrix || weight.shape().dim(0) != units) {
            reasons.add(site.arguments().has("units") ? "units = " + units : "a dense layer");
        }
        if (isMatrix && weight.shape().dim(1) != inputs) {
            reasons.add("the input " + x.shape() + " of " + inputs + " features");
        }
        return site.result(new Op.Dense(Op.Direction.FORWARD), operands(x, parameters, weight, needed, reasons));
    }

    /** The operands of an affine operator: input, weight and, where there is one, bias. */
    static Node[] operands(
            Node x, Parameters parameters, Parameters.Weight weight, Shape needed, List<String> reasons) {
        if (!weight.shape().equals(needed)) {
            throw parameters.mismatch(weight, needed, reasons);
        }
        Optional<Parameters.Weight> bias = parameters.find("bias", "bias", BIAS);
        Shape channels = needed.upTo(1);
        if (bias.isPresent() && !bias.get().shape().equals(channels)) {
            throw parameters.mismatch(bias.get(), channels, List.of("a weight of " + needed));
        }
        Node kernel = weight.node();
        return bias.isPresent() ? new Node[] {x, kernel, bias.get().node()} : new Node[] {x, kernel};
    }

    /** convNd(x, filters, size): weight [filters, channels / groups, size...]. */
    static Value convolution(Site site, int rank) {
        Node x = spatial(site, rank);
        Parameters parameters = new Parameters(site);
        Parameters.Weight weight = parameters.require("weight", "weight", Parameters.MAIN);
        Shape stored = weight.shape();
        boolean fits = stored.rank() == rank + 2;
        int groups = site.arguments().whole("groups", 1, 1);
        int channels = x.shape().dim(0);
        if (channels % groups != 0) {
            throw site.arguments().outOfRange("groups", channels + " channels do not split into " + groups + " groups");
        }
        int filters = site.arguments().whole("filters", 1, fits ? stored.dim(0) : 1);
        List<Integer> size = size(site, rank, fits ? stored.from(2).dims() : Collections.nCopies(rank, 1));
        List<Integer> dims = new ArrayList<>(List.of(filters, channels / groups));
        dims.addAll(size);
        Shape needed = site.shape(dims);
        Window window = Windows.of(site, x, size, Collections.nCopies(rank, 1));
        List<String> reasons = fits
                ? reasons(stored, needed, x, groups)
                : List.of("a " + site.function() + " over " + channels + " channels");
        return site.result(new Op.Convolution(window, groups), operands(x, parameters, weight, needed, reasons));
    }

    private static List<String> reasons(Shape stored, Shape needed, Node x, int groups) {
        List<String> reasons = new ArrayList<>();
        if (stored.dim(0) != needed.dim(0)) {
            reasons.add("filters = " + needed.dim(0));
        }
        if (stored.dim(1) != needed.dim(1)) {
            reasons.add("the input " + x.shape() + " of " + x.shape().dim(0) + " channels"
                    + (groups > 1 ? " in " + groups + " groups" : ""));
        }
        if (!stored.from(2).equals(needed.from(2))) {
            reasons.add(needed.rank() == 3 ? "width = " + needed.dim(2) : "size = " + needed.from(2));
        }
        return reasons;
    }

    /** The input of a layer over {@code rank} spatial axes. */
    static Node spatial(Site site, int rank) {
        Node x = site.tensor("x");
        if (x.shape().rank() != rank + 1) {
            String wanted = rank == 1
                    ? "[channels, width]"
                    : rank == 2 ? "[channels, height, width]" : "[channels, depth, height, width]";
            throw site.shapeFailure("reads " + wanted + ", but the input is " + x.shape(), x);
        }
        return x;
    }

    /** {@code width = 15} over one axis, {@code size = [3, 3]} or {@code size = 3} for all over several. */
    static List<Integer> size(Site site, int rank, List<Integer> otherwise) {
        return site.arguments().perAxis(sizeParameter(rank), rank, 1, otherwise);
    }

    static String sizeParameter(int rank) {
        return rank == 1 ? "width" : "size";
    }

    /** batchnorm(x): weight (x - mean) / sqrt(variance + epsilon) + bias, per channel, in inference. */
    static Value batchNorm(Site site) {
        Node x = site.tensor("x");
        if (x.shape().rank() == 0) {
            throw site.shapeFailure("reads [channels, ...], but the input is a scalar", x);
        }
        double epsilon = site.arguments().real("epsilon", 1e-5);
        if (epsilon < 0) {
            throw site.arguments().outOfRange("epsilon", "'epsilon' must not be negative");
        }
        Parameters parameters = new Parameters(site);
        Shape channels = Shape.of(x.shape().dim(0));
        Parameters.Weight mean = parameters.require("mean", "mean", List.of(".running_mean", ".mean", ".moving_mean"));
        Parameters.Weight variance = parameters.require(
                "variance", "variance", List.of(".running_var", ".var", ".variance", ".moving_variance"));
        Node[] inputs = {
            x,
            scale(site, parameters, "weight", List.of(".weight", ".gamma"), channels, 1),
            scale(site, parameters, "bias", List.of(".bias", ".beta"), channels, 0),
            perChannel(parameters, mean, channels),
            perChannel(parameters, variance, channels)
        };
        requirePositive(site, inputs[4].constant(), epsilon);
        return site.result(new Op.BatchNorm(epsilon), inputs);
    }

    private static Node scale(
            Site site, Parameters parameters, String role, List<String> suffixes, Shape channels, double neutral) {
        Optional<Parameters.Weight> weight = parameters.find(role, role, suffixes);
        if (weight.isPresent()) {
            return perChannel(parameters, weight.get(), channels);
        }
        double[] values = new double[channels.size()];
        Arrays.fill(values, neutral);
        return site.constant(ConstantData.real(channels, values), role, site.span());
    }

    private static Node perChannel(Parameters parameters, Parameters.Weight weight, Shape channels) {
        if (!weight.shape().equals(channels)) {
            throw parameters.mismatch(weight, channels, List.of("an input of " + channels.dim(0) + " channels"));
        }
        return weight.node();
    }

    private static void requirePositive(Site site, ConstantData variance, double epsilon) {
        for (int i = 0; i < variance.size(); i++) {
            if (!(variance.at(i) + epsilon > 0)) {
                throw Failure.of(
                        org.deepliftc.compiler.diagnostic.Problem.CALL004,
                        site.arguments().span("variance"),
                        "batchnorm: the variance of channel " + i + " is " + variance.at(i) + ", with epsilon "
                                + epsilon + " it has no square root to divide by");
            }
        }
    }

    /** tensor("name"): a stored tensor as a constant. */
    static Value tensor(Site site) {
        Arguments.Given name = site.arguments().required("name");
        if (!(name.value() instanceof Value.Text)) {
            throw site.arguments().wrong("name", name, "the name of a stored tensor");
        }
        String wanted = ((Value.Text) name.value()).value();
        WeightFiles files = site.session().weights();
        WeightFiles.Stored tensor = files.find(wanted, name.span())
                .orElseThrow(() -> files.missing("tensor", wanted, List.of(), name.span()));
        return new Value.Tensor(
                site.session().emitter().weight(files, tensor, files.shape(tensor, name.span()), name.span()));
    }
}
