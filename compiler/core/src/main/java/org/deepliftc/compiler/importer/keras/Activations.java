package org.deepliftc.compiler.importer.keras;

import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.importer.Scalars;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.layer.NamedActivations;

/** Activations by Keras's names; each is one function, so that Rescale holds for it as a whole. */
final class Activations {
    private Activations() {}

    /** The name of a written activation: a text, or an object that says how to find a function. */
    private static String name(Config written) {
        if (written.isNull()) {
            return "linear";
        }
        if (written.isText()) {
            return written.text();
        }
        if (written.text("class_name", "").equals("function")
                && written.at("config").isText()) {
            return written.at("config").text();
        }
        throw KerasFailure.of(
                "has the activation " + written.text("class_name", "?"),
                "write it as a layer of its own, or as one of the functions of keras.activations");
    }

    static boolean isLinear(Config written) {
        return name(written).equals("linear");
    }

    static Tensor apply(LayerCall call, Config written, Tensor x) {
        String name = name(written);
        if (name.equals("linear")) {
            return x;
        }
        Op op = switch (name) {
            case "softmax" -> softmax(x, x.rank() - 1);
            case "log_softmax" -> new Op.LogSoftmax(x.axis(x.rank() - 1));
            default -> new Op.Elementwise(named(name, call.version()));
        };
        return new Tensor(call.result(op, x.node()), x.moved());
    }

    /** @param axis in Keras's order */
    static Op softmax(Tensor x, int axis) {
        return new Op.Softmax(x.axis(axis));
    }

    /** The activation of a gate or a cell. */
    static Activation of(LayerCall call, String key, String otherwise) {
        Config written = call.config().at(key);
        return named(written.isNull() ? otherwise : name(written), call.version());
    }

    private static Activation named(String name, int version) {
        return switch (name) {
            case "linear" -> user("linear", Scalars.X);
            case "relu" -> Activation.of(Kind.RELU);
            case "relu6" -> Activation.clip(0, 6);
            case "leaky_relu" -> Activation.of(Kind.LEAKY_RELU, 0.2);
            case "elu" -> Activation.of(Kind.ELU, 1);
            case "celu" -> Activation.of(Kind.CELU, 1);
            case "selu" -> Activation.of(Kind.SELU);
            case "sigmoid" -> Activation.of(Kind.SIGMOID);
            case "tanh" -> Activation.of(Kind.TANH);
            case "softplus" -> Activation.of(Kind.SOFTPLUS);
            case "softsign" -> Activation.of(Kind.SOFTSIGN);
            case "exponential" -> Activation.of(Kind.EXP);
            case "silu", "swish" -> NamedActivations.of("silu");
            case "mish" -> NamedActivations.of("mish");
            case "gelu" -> NamedActivations.of("gelu");
            case "hard_sigmoid" -> user("hard_sigmoid", version < 3 ? hardSigmoid(0.2) : hardSigmoid(1.0 / 6));
            case "hard_silu", "hard_swish" -> user("hard_swish", Scalars.product(Scalars.X, hardSigmoid(1.0 / 6)));
            default ->
                throw KerasFailure.of(
                        "has the activation '" + name + "'",
                        "translated are linear, relu, relu6, leaky_relu, elu, celu, selu, sigmoid, tanh, softplus,"
                                + " softsign, exponential, silu, mish, gelu, hard_sigmoid, hard_silu, softmax and log_softmax");
        };
    }

    private static ScalarFunction hardSigmoid(double slope) {
        return new ScalarFunction.Apply(Activation.clip(0, 1), Scalars.plus(Scalars.times(slope, Scalars.X), 0.5));
    }

    static Activation user(String name, ScalarFunction body) {
        return new Activation.UserDefined(name, body);
    }

    /** Keras's relu with all its parameters. */
    static Activation relu(double slope, Optional<Double> most, double threshold) {
        if (slope == 0 && threshold == 0) {
            return most.<Activation>map(m -> Activation.clip(0, m)).orElse(Activation.of(Kind.RELU));
        }
        if (threshold == 0 && most.isEmpty()) {
            return Activation.of(Kind.LEAKY_RELU, slope);
        }
        throw KerasFailure.of(
                "has a threshold, or a largest value together with a slope",
                "ReLU is translated with one of negative_slope and max_value");
    }
}
