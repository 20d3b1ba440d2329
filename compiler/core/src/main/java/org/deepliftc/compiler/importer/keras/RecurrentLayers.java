package org.deepliftc.compiler.importer.keras;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.keras.file.Config;
import org.deepliftc.compiler.layer.Gates;
import org.deepliftc.compiler.layer.Gru;
import org.deepliftc.compiler.layer.Lstm;
import org.deepliftc.compiler.layer.Nodes;
import org.deepliftc.compiler.layer.Recurrence;
import org.deepliftc.compiler.layer.Recurrent;
import org.deepliftc.compiler.layer.RecurrentWeights;
import org.deepliftc.compiler.layer.Rnn;

/** LSTM, GRU and SimpleRNN, in one direction or both. */
final class RecurrentLayers {
    private static final String NOTE = "from states of zeros, without masks";

    private RecurrentLayers() {}

    static void list(Layers table) {
        for (String kind : List.of("LSTM", "GRU", "SimpleRNN")) {
            table.add(kind, NOTE, call -> alone(call, kind));
        }
        table.add("Bidirectional", "around one of the recurrent layers", RecurrentLayers::bidirectional);
    }

    private static Tensor alone(LayerCall call, String kind) {
        boolean backwards = call.config().flag("go_backwards", false);
        if (backwards && call.config().flag("return_sequences", false)) {
            Node byPosition = run(call, kind, call.nodes("forward"), true);
            return Tensor.plain(call.result(flip(byPosition.shape()), byPosition));
        }
        return Tensor.plain(run(call, kind, call.nodes(), backwards));
    }

    /** Keras hands out the steps of a layer that goes backwards in the order in which it makes them. */
    private static Op flip(Shape shape) {
        return new Op.Slice(List.of(shape.dim(0) - 1, 0), List.of(-1, 1), shape);
    }

    private static boolean isRecurrent(String kind) {
        return kind.equals("LSTM") || kind.equals("GRU") || kind.equals("SimpleRNN");
    }

    /** Both layers by position, so that nothing is to be flipped. */
    private static Tensor bidirectional(LayerCall call) {
        Config forward = call.config().at("layer");
        Config written = call.config().at("backward_layer");
        Config backward = written.isNull() ? forward : written;
        String kind = forward.text("class_name", "?");
        if (!isRecurrent(kind) || !backward.text("class_name", "?").equals(kind)) {
            throw call.unsupported("goes around " + kind);
        }
        int own = call.weights().size() / 2;
        LayerCall ahead = call.with(forward.at("config"), call.weights().subList(0, own));
        LayerCall back = call.with(
                backward.at("config"),
                call.weights().subList(own, call.weights().size()));
        boolean goesAhead = !ahead.config().flag("go_backwards", false);
        if (!goesAhead || !written.isNull() && !back.config().flag("go_backwards", false)) {
            throw call.unsupported("has layers that do not go forward and backward");
        }
        Node first = run(ahead, kind, call.nodes("forward"), false);
        Node second = run(back, kind, call.nodes("backward"), true);
        String merge = call.config().text("merge_mode", "none");
        return Tensor.plain(
                switch (merge) {
                    case "concat" -> call.result(new Op.Concat(first.shape().rank() - 1), first, second);
                    case "sum" -> call.result(new Op.Binary(Op.BinaryKind.ADD), first, second);
                    case "mul" -> call.result(new Op.Binary(Op.BinaryKind.MULTIPLY), first, second);
                    case "ave" ->
                        call.result(
                                new Op.Binary(Op.BinaryKind.MULTIPLY),
                                call.step("sum", new Op.Binary(Op.BinaryKind.ADD), first, second),
                                call.constant("half", ConstantData.scalar(0.5)));
                    default -> throw call.unsupported("hands out both directions apart");
                });
    }

    /** The hidden states by position, or the last of them. */
    private static Node run(LayerCall call, String kind, Nodes nodes, boolean backwards) {
        Config config = call.config();
        if (config.flag("stateful", false)) {
            throw KerasFailure.mixing("keeps its states from one example to the next");
        }
        Node x = call.plain();
        if (x.shape().rank() != 2) {
            throw call.unsupported("reads " + x.shape() + " where a sequence of vectors is translated");
        }
        Recurrent cell = cell(call, kind);
        RecurrentWeights weights = weights(call, kind, x.shape().dim(1), cell);
        List<Optional<Node>> zeros = Collections.nCopies(cell.states(), Optional.empty());
        Recurrence recurrence = new Recurrence(nodes, cell, weights, x, zeros, backwards);
        boolean all = config.flag("return_sequences", false);
        Node states = recurrence.states(0, all ? "" : "states");
        return all ? states : recurrence.last(states, "");
    }

    private static Recurrent cell(LayerCall call, String kind) {
        return switch (kind) {
            case "LSTM" ->
                new Lstm(
                        Activations.of(call, "recurrent_activation", "sigmoid"),
                        Activations.of(call, "activation", "tanh"),
                        Activations.of(call, "activation", "tanh"));
            case "GRU" ->
                new Gru(
                        Activations.of(call, "recurrent_activation", "sigmoid"),
                        Activations.of(call, "activation", "tanh"),
                        resetsAfter(call));
            default -> new Rnn(Activations.of(call, "activation", "tanh"));
        };
    }

    private static boolean resetsAfter(LayerCall call) {
        return call.config().flag("reset_after", false);
    }

    /** Keras stacks gates along columns; an LSTM's as i, f, c, o, a GRU's as z, r, h. */
    private static RecurrentWeights weights(LayerCall call, String kind, int features, Recurrent cell) {
        Gates gates = kind.equals("GRU") ? new Gates("zrh") : cell.order();
        int units = call.config().at("units").integer();
        int rows = Math.multiplyExact(gates.order().length(), units);
        ConstantData input = call.weight(0, "kernel", Shape.of(features, rows), List.of(1, 0));
        ConstantData recurrent = call.weight(1, "recurrent kernel", Shape.of(units, rows), List.of(1, 0));
        if (!call.usesBias()) {
            return new RecurrentWeights(gates, input, recurrent, Optional.empty(), Optional.empty());
        }
        if (kind.equals("GRU") && resetsAfter(call)) {
            double[] both = call.weight(2, "bias", Shape.of(2, rows)).toArray();
            return new RecurrentWeights(
                    gates, input, recurrent, Optional.of(half(both, 0, rows)), Optional.of(half(both, rows, rows)));
        }
        ConstantData bias = call.weight(2, "bias", Shape.of(rows));
        return new RecurrentWeights(gates, input, recurrent, Optional.of(bias), Optional.empty());
    }

    private static ConstantData half(double[] both, int from, int count) {
        return ConstantData.real(Shape.of(count), java.util.Arrays.copyOfRange(both, from, from + count));
    }
}
