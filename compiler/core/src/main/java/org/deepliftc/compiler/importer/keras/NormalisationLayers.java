package org.deepliftc.compiler.importer.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.layer.Normalisation;

/** Layers that normalise, by stored statistics or those of the example. */
final class NormalisationLayers {
    private NormalisationLayers() {}

    static void list(Layers table) {
        table.add(
                "BatchNormalization",
                "with stored statistics, along the first or last axis",
                NormalisationLayers::batch);
        table.add("LayerNormalization", "rms_scaling = False", NormalisationLayers::layer);
        table.add("RMSNormalization", "along one axis", NormalisationLayers::rootMeanSquare);
        table.add("GroupNormalization", "along the last axis", NormalisationLayers::group);
        table.add("Normalization", "adapted, along the last axis", NormalisationLayers::adapted);
    }

    private static int axisOf(LayerCall call, Config written, int otherwise, int rank) {
        if (written.isList() && written.list().size() != 1) {
            throw call.unsupported("works along " + written.list().size() + " axes");
        }
        Config axis = written.isList() ? written.list().get(0) : written;
        return call.axis(axis.isNull() ? otherwise : axis.integer(), rank);
    }

    private static Tensor batch(LayerCall call) {
        Tensor x = call.x();
        int axis = axisOf(call, call.config().at("axis"), -1, x.rank());
        boolean last = axis == x.rank() - 1;
        if (!last && axis != 0) {
            throw call.unsupported("normalises along axis " + (axis + 1));
        }
        Node channels = last ? call.moved() : call.plain();
        Shape shape = Shape.of(channels.shape().dim(0));
        boolean scales = call.config().flag("scale", true);
        boolean centres = call.config().flag("center", true);
        int next = 0;
        ConstantData gamma = scales ? call.weight(next++, "gamma", shape) : filled(shape, 1);
        ConstantData beta = centres ? call.weight(next++, "beta", shape) : filled(shape, 0);
        ConstantData mean = call.weight(next++, "moving mean", shape);
        ConstantData variance = call.weight(next, "moving variance", shape);
        Node node = call.result(
                new Op.BatchNorm(call.config().real("epsilon", 1e-3)),
                channels,
                call.constant("gamma", gamma),
                call.constant("beta", beta),
                call.constant("moving_mean", mean),
                call.constant("moving_variance", variance));
        return last ? Tensor.moved(node) : Tensor.plain(node);
    }

    private static ConstantData filled(Shape shape, double value) {
        double[] values = new double[shape.size()];
        java.util.Arrays.fill(values, value);
        return ConstantData.real(shape, values);
    }

    private static Tensor layer(LayerCall call) {
        if (call.config().flag("rms_scaling", false)) {
            throw call.unsupported("has rms_scaling");
        }
        Node x = call.plain();
        Config written = call.config().at("axis");
        TreeSet<Integer> axes = new TreeSet<>();
        if (written.isList()) {
            written.list()
                    .forEach(
                            axis -> axes.add(call.axis(axis.integer(), x.shape().rank())));
        } else {
            axes.add(axisOf(call, written, -1, x.shape().rank()));
        }
        List<Integer> dims = new ArrayList<>(Collections.nCopies(x.shape().rank(), 1));
        axes.forEach(axis -> dims.set(axis, x.shape().dim(axis)));
        Shape aligned = new Shape(dims);
        Shape stored = new Shape(axes.stream().map(axis -> x.shape().dim(axis)).toList());
        boolean scales = call.config().flag("scale", true);
        Optional<Node> scale = scales ? Optional.of(parameter(call, 0, "gamma", stored, aligned)) : Optional.empty();
        Optional<Node> shift = call.config().flag("center", true)
                ? Optional.of(parameter(call, scales ? 1 : 0, "beta", stored, aligned))
                : Optional.empty();
        return Tensor.plain(new Normalisation(call.nodes(), call.config().real("epsilon", 1e-3))
                .over(x, List.copyOf(axes), true, scale, shift));
    }

    private static Node parameter(LayerCall call, int index, String role, Shape stored, Shape aligned) {
        return call.constant(role, call.weight(index, role, stored).reshaped(aligned));
    }

    private static Tensor rootMeanSquare(LayerCall call) {
        Node x = call.plain();
        int axis = axisOf(call, call.config().at("axis"), -1, x.shape().rank());
        List<Integer> dims = new ArrayList<>(Collections.nCopies(x.shape().rank(), 1));
        dims.set(axis, x.shape().dim(axis));
        Node scale = parameter(call, 0, "scale", Shape.of(x.shape().dim(axis)), new Shape(dims));
        return Tensor.plain(new Normalisation(call.nodes(), call.config().real("epsilon", 1e-6))
                .over(x, List.of(axis), false, Optional.of(scale), Optional.empty()));
    }

    private static Tensor group(LayerCall call) {
        Tensor x = call.x();
        if (axisOf(call, call.config().at("axis"), -1, x.rank()) != x.rank() - 1) {
            throw call.unsupported("groups another axis than the last");
        }
        Node channels = call.moved();
        int count = channels.shape().dim(0);
        int written = call.config().integer("groups", 32);
        int groups = written == -1 ? count : written;
        if (groups < 1 || count % groups != 0) {
            throw call.unsupported("makes " + groups + " groups of " + count + " channels");
        }
        List<Integer> dims =
                new ArrayList<>(Collections.nCopies(channels.shape().rank(), 1));
        dims.set(0, count);
        boolean scales = call.config().flag("scale", true);
        Optional<Node> scale =
                scales ? Optional.of(parameter(call, 0, "gamma", Shape.of(count), new Shape(dims))) : Optional.empty();
        Optional<Node> shift = call.config().flag("center", true)
                ? Optional.of(parameter(call, scales ? 1 : 0, "beta", Shape.of(count), new Shape(dims)))
                : Optional.empty();
        return Tensor.moved(new Normalisation(call.nodes(), call.config().real("epsilon", 1e-3))
                .overGroups(channels, groups, scale, shift));
    }

    /** (x - mean) / max(sqrt(variance), 1e-7), the statistics of a training set. */
    private static Tensor adapted(LayerCall call) {
        Node x = call.plain();
        int rank = x.shape().rank();
        boolean given = !call.config().at("mean").isNull();
        if (given
                || call.config().flag("invert", false)
                || axisOf(call, call.config().at("axis"), -1, rank) != rank - 1) {
            throw call.unsupported("has given statistics, is inverted, or works along another axis than the last");
        }
        Shape shape = Shape.of(x.shape().dim(rank - 1));
        double[] shift = call.weight(0, "mean", shape).toArray();
        double[] scale = call.weight(1, "variance", shape).toArray();
        for (int i = 0; i < shift.length; i++) {
            shift[i] = -shift[i];
            scale[i] = 1 / Math.max(Math.sqrt(Math.max(0, scale[i])), 1e-7);
        }
        Node centred = call.step(
                "centred",
                new Op.Binary(Op.BinaryKind.ADD),
                x,
                call.constant("shift", ConstantData.real(shape, shift)));
        Node factor = call.constant("factor", ConstantData.real(shape, scale));
        return Tensor.plain(call.result(new Op.Binary(Op.BinaryKind.MULTIPLY), centred, factor));
    }
}
