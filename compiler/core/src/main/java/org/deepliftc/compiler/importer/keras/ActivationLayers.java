package org.deepliftc.compiler.importer.keras;

import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.keras.file.Config;

/** Layers that are one function of each element, or nothing at all. */
final class ActivationLayers {
    private ActivationLayers() {}

    static void list(Layers table) {
        for (String nothing : List.of(
                "ActivityRegularization",
                "AlphaDropout",
                "Dropout",
                "GaussianDropout",
                "GaussianNoise",
                "Identity",
                "SpatialDropout1D",
                "SpatialDropout2D",
                "SpatialDropout3D")) {
            table.add(nothing, "in inference", LayerCall::unchanged);
        }
        table.add("Activation", "a function of `keras.activations`", ActivationLayers::activation);
        table.add("ReLU", "with one of negative_slope and max_value", ActivationLayers::relu);
        table.add("LeakyReLU", ActivationLayers::leaky);
        table.add(
                "ELU",
                call -> function(call, Activation.of(Kind.ELU, call.config().real("alpha", 1))));
        table.add("PReLU", ActivationLayers::prelu);
        table.add("Softmax", "along one axis", ActivationLayers::softmax);
        table.add("Rescaling", "by numbers", ActivationLayers::rescaling);
    }

    static Tensor function(LayerCall call, Activation activation) {
        Tensor x = call.x();
        return new Tensor(call.result(new Op.Elementwise(activation), x.node()), x.moved());
    }

    private static Tensor activation(LayerCall call) {
        Config written = call.config().at("activation");
        return Activations.isLinear(written) ? call.unchanged() : Activations.apply(call, written, call.x());
    }

    private static Tensor relu(LayerCall call) {
        Config config = call.config();
        Optional<Double> most =
                config.at("max_value").isNull() ? Optional.empty() : Optional.of(config.real("max_value", 0));
        if (most.isPresent() && most.get() < 0) {
            throw call.unsupported("has the largest value " + most.get());
        }
        return function(call, Activations.relu(config.real("negative_slope", 0), most, config.real("threshold", 0)));
    }

    private static Tensor leaky(LayerCall call) {
        double slope = call.config().real("negative_slope", call.config().real("alpha", 0.3));
        return function(call, Activation.of(Kind.LEAKY_RELU, slope));
    }

    /** The slopes have the input's shape, but 1 along shared axes. */
    private static Tensor prelu(LayerCall call) {
        Tensor x = call.x();
        Shape shape = x.shape();
        Config shared = call.config().at("shared_axes");
        if (!shared.isNull()) {
            for (Config axis : shared.isList() ? shared.list() : List.of(shared)) {
                shape = shape.with(call.axis(axis.integer(), x.rank()), 1);
            }
        }
        ConstantData slope = call.weight(0, "alpha", shape);
        ConstantData aligned = x.moved() ? LayerCall.permuted(slope, Tensor.first(x.rank())) : slope;
        Node node =
                call.result(new Op.Elementwise(Activation.of(Kind.PRELU)), x.node(), call.constant("alpha", aligned));
        return new Tensor(node, x.moved());
    }

    private static Tensor softmax(LayerCall call) {
        Tensor x = call.x();
        Config axis = call.config().at("axis");
        if (axis.isList() && axis.list().size() != 1) {
            throw call.unsupported("works along several axes");
        }
        int written = axis.isNull() ? -1 : axis.isList() ? axis.list().get(0).integer() : axis.integer();
        Op op = Activations.softmax(x, call.axis(written, x.rank()));
        return new Tensor(call.result(op, x.node()), x.moved());
    }

    private static Tensor rescaling(LayerCall call) {
        Tensor x = call.x();
        Node scale = call.constant("scale", ConstantData.scalar(call.config().real("scale", 1)));
        Node scaled = call.step("scaled", new Op.Binary(Op.BinaryKind.MULTIPLY), x.node(), scale);
        Node offset = call.constant("offset", ConstantData.scalar(call.config().real("offset", 0)));
        return new Tensor(call.result(new Op.Binary(Op.BinaryKind.ADD), scaled, offset), x.moved());
    }
}
