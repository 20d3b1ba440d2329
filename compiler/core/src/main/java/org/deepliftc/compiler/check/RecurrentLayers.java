package org.deepliftc.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deepliftc.compiler.diagnostic.Problem;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.Gates;
import org.deepliftc.compiler.layer.Gru;
import org.deepliftc.compiler.layer.Lstm;
import org.deepliftc.compiler.layer.Recurrence;
import org.deepliftc.compiler.layer.Recurrent;
import org.deepliftc.compiler.layer.RecurrentWeights;
import org.deepliftc.compiler.layer.Rnn;

/** Recurrent layers over a sequence [length, features]: lstm, gru, rnn. */
final class RecurrentLayers {
    private static final List<String> ACTIVATIONS =
            List.of("tanh", "sigmoid", "relu", "softsign", "softplus", "elu", "selu");
    private static final List<String> DIRECTIONS = List.of("forward", "reverse", "bidirectional");

    private final Site site;
    private final Recurrent kind;
    private final Node sequence;

    private RecurrentLayers(Site site, Recurrent kind) {
        this.site = site;
        this.kind = kind;
        this.sequence = site.tensor("x");
        if (sequence.shape().rank() != 2) {
            throw site.shapeFailure("reads [length, features], but the input is " + sequence.shape(), sequence);
        }
    }

    static Value lstm(Site site) {
        Activation activation = activation(site, "activation", Activation.Kind.TANH);
        return new RecurrentLayers(site, new Lstm(gates(site), activation, activation)).value();
    }

    static Value gru(Site site) {
        boolean after = site.arguments().flag("reset_after", true);
        Activation activation = activation(site, "activation", Activation.Kind.TANH);
        return new RecurrentLayers(site, new Gru(gates(site), activation, after)).value();
    }

    static Value rnn(Site site) {
        return new RecurrentLayers(site, new Rnn(activation(site, "activation", Activation.Kind.TANH))).value();
    }

    private static Activation gates(Site site) {
        return activation(site, "gate_activation", Activation.Kind.SIGMOID);
    }

    private static Activation activation(Site site, String parameter, Activation.Kind otherwise) {
        String name = site.arguments().choice(parameter, ACTIVATIONS, otherwise.spelling());
        return Activation.of(Activation.Kind.valueOf(name.toUpperCase(java.util.Locale.ROOT)));
    }

    /** One direction, computed: every state after every step, and the hidden one after the last. */
    private record Run(Recurrence recurrence, Node hidden, String part) {}

    private Value value() {
        String direction = site.arguments().choice("direction", DIRECTIONS, "forward");
        boolean both = direction.equals("bidirectional");
        if (both && site.arguments().has("weight")) {
            throw Failure.of(
                    Problem.CALL002,
                    site.span(),
                    site.function() + ": two directions have weights of their own",
                    "name them together with weights = \"name\", or join two layers: concat(forward, reverse, axis = -1)");
        }
        List<Run> runs = new ArrayList<>();
        Parameters parameters = new Parameters(site);
        if (!direction.equals("reverse")) {
            runs.add(run(parameters, false, both ? "forward" : "", 0, both));
        }
        if (!direction.equals("forward")) {
            runs.add(run(parameters, true, both ? "reverse" : "", both ? 1 : 0, both));
        }
        Node value = site.arguments().flag("sequences", false) ? sequences(runs) : last(runs);
        if (!site.arguments().flag("states", false)) {
            return new Value.Tensor(value);
        }
        List<Value> values = new ArrayList<>(List.of(new Value.Tensor(value)));
        for (int state = 0; state < kind.states(); state++) {
            values.add(new Value.Tensor(finalState(runs, state)));
        }
        return new Value.Several(values);
    }

    private Run run(Parameters parameters, boolean reversed, String part, int index, boolean both) {
        RecurrentWeights weights = weights(parameters, both && reversed);
        LayerNodes nodes = new LayerNodes(site, part);
        List<Optional<Node>> initial = new ArrayList<>(List.of(initial("initial", index, both, weights.units())));
        if (kind.states() > 1) {
            initial.add(initial("initial_cell", index, both, weights.units()));
        }
        Recurrence recurrence = new Recurrence(nodes, kind, weights, sequence, initial, reversed);
        boolean isValue = !both && site.arguments().flag("sequences", false);
        return new Run(recurrence, recurrence.states(0, isValue ? "" : "states"), part);
    }

    private Node sequences(List<Run> runs) {
        return runs.size() == 1
                ? runs.get(0).hidden
                : site.value(new Op.Concat(1), runs.stream().map(Run::hidden).toArray(Node[]::new));
    }

    private Node last(List<Run> runs) {
        if (runs.size() == 1) {
            return runs.get(0).recurrence.last(runs.get(0).hidden, "");
        }
        return site.value(
                new Op.Concat(0),
                runs.stream().map(r -> r.recurrence.last(r.hidden, "last")).toArray(Node[]::new));
    }

    /** [units] of the one direction, [2, units] of both. */
    private Node finalState(List<Run> runs, int state) {
        String role = state == 0 ? "last_hidden" : "last_cell";
        List<Node> parts = new ArrayList<>();
        for (Run run : runs) {
            Node all = state == 0 ? run.hidden : run.recurrence.states(state, "cells");
            Node last = run.recurrence.last(all, role);
            parts.add(
                    runs.size() == 1
                            ? last
                            : site.step(
                                    role,
                                    new Op.Reshape(Shape.of(1, last.shape().size())),
                                    last));
        }
        return parts.size() == 1 ? parts.get(0) : site.step(role, new Op.Concat(0), parts.toArray(Node[]::new));
    }

    private Optional<Node> initial(String parameter, int index, boolean both, int units) {
        Optional<Arguments.Given> given = site.arguments().optional(parameter);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Node state = site.tensor(given.get(), parameter);
        Shape wanted = both ? Shape.of(2, units) : Shape.of(units);
        if (!state.shape().equals(wanted)) {
            throw site.shapeFailure("'" + parameter + "' is " + wanted + ", not " + state.shape(), state);
        }
        if (!both) {
            return Optional.of(state);
        }
        Op slice = new Op.Slice(List.of(index, 0), List.of(1, 1), Shape.of(1, units));
        return Optional.of(
                site.step(parameter, new Op.Reshape(Shape.of(units)), site.step(parameter + ".row", slice, state)));
    }

    private RecurrentWeights weights(Parameters parameters, boolean reverse) {
        Gates order = new Gates(site.arguments().text("order", kind.order().order()));
        if (!order.isOrderOf(kind.order())) {
            throw site.arguments()
                    .outOfRange(
                            "order",
                            "'order' has the letters of " + kind.order().order() + " in another order, not '"
                                    + order.order() + "'");
        }
        Parameters.Weight input = parameters.require("weight", "weight", names(".weight_ih", reverse));
        Parameters.Weight recurrent = parameters.require("recurrent", "recurrent", names(".weight_hh", reverse));
        int gates = order.order().length();
        boolean fits = recurrent.shape().rank() == 2;
        int units = site.arguments().whole("units", 1, fits ? recurrent.shape().dim(1) : 1);
        String because = site.arguments().has("units") ? "units = " + units : "the recurrent weight";
        int features = sequence.shape().dim(1);
        check(
                parameters,
                recurrent,
                site.shape(List.of(gates * units, units)),
                site.arguments().has("units") ? because : "a layer of " + gates + (gates == 1 ? " gate" : " gates"));
        check(
                parameters,
                input,
                site.shape(List.of(gates * units, features)),
                because + " over " + features + " features");
        Shape perGate = Shape.of(gates * units);
        Optional<Parameters.Weight> bias = parameters.find("bias", "bias", names(".bias_ih", reverse));
        bias.ifPresent(b -> check(parameters, b, perGate, because));
        Optional<Parameters.Weight> other =
                site.arguments().isOff("bias") && !site.arguments().has("recurrent_bias")
                        ? Optional.empty()
                        : parameters.find("recurrent bias", "recurrent_bias", names(".bias_hh", reverse));
        other.ifPresent(b -> check(parameters, b, perGate, because));
        return new RecurrentWeights(
                order,
                input.node().constant(),
                recurrent.node().constant(),
                bias.map(b -> b.node().constant()),
                other.map(b -> b.node().constant()));
    }

    private static void check(Parameters parameters, Parameters.Weight weight, Shape needed, String because) {
        if (!weight.shape().equals(needed)) {
            throw parameters.mismatch(weight, needed, List.of(because));
        }
    }

    /** What PyTorch calls a tensor of a layer, and the same without the layer's number for the first. */
    private List<String> names(String tensor, boolean reverse) {
        int layer = site.arguments().whole("layer", 0, 0);
        String end = reverse ? "_reverse" : "";
        String numbered = tensor + "_l" + layer + end;
        return layer == 0 ? List.of(tensor + end, numbered) : List.of(numbered);
    }
}
