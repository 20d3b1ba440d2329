package org.deepliftc.compiler.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.importer.onnx.Value.Computed;
import org.deepliftc.compiler.importer.onnx.file.Tensor;
import org.deepliftc.compiler.layer.Gates;
import org.deepliftc.compiler.layer.Gru;
import org.deepliftc.compiler.layer.Lstm;
import org.deepliftc.compiler.layer.NamedActivations;
import org.deepliftc.compiler.layer.Recurrence;
import org.deepliftc.compiler.layer.Recurrent;
import org.deepliftc.compiler.layer.RecurrentWeights;
import org.deepliftc.compiler.layer.Rnn;

/**
 * LSTM, GRU and RNN over X {@code [length, examples, features]}, or {@code [examples, length, features]} where the layout
 * is 1. One recurrence a direction; Y stacks the directions after the length, Y_h and Y_c in front.
 */
final class RecurrentOperators {
    private static final String NOTE = "all examples of full length; no clipping, activations without parameters";

    /** Inputs: X, W, R, B, the lengths, the states, and the peepholes of an LSTM. */
    private static final int BIAS = 3;

    private static final int LENGTHS = 4;
    private static final int STATES = 5;
    private static final int PEEPHOLES = 7;

    private final Call call;
    private final Recurrent kind;
    private final Gates gates;
    private final boolean examplesFirst;
    private final int directions;
    private final Batch batch;
    private final Node sequence;
    private final int units;

    private RecurrentOperators(Call call, Recurrent kind, Gates gates) {
        this.call = call;
        this.kind = kind;
        this.gates = gates;
        this.examplesFirst = call.flag("layout", false);
        this.directions = direction(call).equals("bidirectional") ? 2 : 1;
        Computed x = call.x(0);
        int axis = examplesFirst ? 0 : 1;
        boolean perExample = x.batch().isOwnAxis() && x.batch().axis() == axis;
        Computed apart = perExample ? x : Examples.explicit(call.forPart("x"), x);
        this.batch = apart.batch();
        this.sequence = perExample ? x.node() : withoutExamples(apart.node(), axis, "x");
        this.units = call.known(2, "recurrent weight").dims().get(2);
    }

    static void list(Operators table) {
        table.several("LSTM", NOTE + "; no peepholes", call -> {
            List<Activation> functions = activations(call, List.of("Sigmoid", "Tanh", "Tanh"));
            return new RecurrentOperators(
                            call, new Lstm(functions.get(0), functions.get(1), functions.get(2)), new Gates("iofc"))
                    .values();
        });
        table.several("GRU", NOTE, call -> {
            List<Activation> functions = activations(call, List.of("Sigmoid", "Tanh"));
            boolean resetAfter = call.flag("linear_before_reset", false);
            return new RecurrentOperators(
                            call, new Gru(functions.get(0), functions.get(1), resetAfter), new Gates("zrh"))
                    .values();
        });
        table.several("RNN", NOTE, call -> {
            List<Activation> functions = activations(call, List.of("Tanh"));
            return new RecurrentOperators(call, new Rnn(functions.get(0)), Rnn.GATES).values();
        });
    }

    // ---- attributes ---------------------------------------------------------------------------------------------

    private static String direction(Call call) {
        return call.text("direction", "forward").toLowerCase(Locale.ROOT);
    }

    /** The functions of one direction; both must have the same. */
    private static List<Activation> activations(Call call, List<String> customary) {
        refuse(call, "activation_alpha", "gives its activations parameters");
        refuse(call, "activation_beta", "gives its activations parameters");
        refuse(call, "clip", "clips what its activations read");
        if (call.flag("input_forget", false)) {
            throw call.unsupported("couples its input and forget gates", "export the model without input_forget");
        }
        List<String> names = call.texts("activations");
        int each = customary.size();
        List<String> own = names.isEmpty() ? customary : names.subList(0, Math.min(each, names.size()));
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equalsIgnoreCase(own.get(i % own.size()))) {
                throw call.unsupported(
                        "has other activations in its second direction: " + names, "export its directions apart");
            }
        }
        List<Activation> functions = new ArrayList<>();
        own.forEach(name -> functions.add(activation(call, name)));
        return functions;
    }

    private static void refuse(Call call, String attribute, String does) {
        if (call.hasAttribute(attribute)) {
            throw call.unsupported(does, "export the model without the attribute '" + attribute + "'");
        }
    }

    private static Activation activation(Call call, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tanh" -> Activation.of(Kind.TANH);
            case "sigmoid" -> Activation.of(Kind.SIGMOID);
            case "relu" -> Activation.of(Kind.RELU);
            case "softsign" -> Activation.of(Kind.SOFTSIGN);
            case "softplus" -> Activation.of(Kind.SOFTPLUS);
            case "elu" -> Activation.of(Kind.ELU);
            case "leakyrelu" -> Activation.of(Kind.LEAKY_RELU, 0.01f);
            case "hardsigmoid" -> new Activation.UserDefined("hard_sigmoid", NamedActivations.hardSigmoid(0.2f, 0.5));
            default ->
                throw call.unsupported(
                        "has the activation " + name, "use Tanh, Sigmoid, Relu, Softsign, Softplus or Elu");
        };
    }

    // ---- inputs -------------------------------------------------------------------------------------------------

    private Node withoutExamples(Node x, int axis, String role) {
        Shape shape = x.shape();
        if (shape.rank() != 3 || shape.dim(axis) != 1) {
            throw call.unsupported(
                    "reads several sequences of each example: '" + role + "' is " + shape,
                    "name the axis of the examples with --batch-axis");
        }
        return call.reshaped(role, x, shape.upTo(axis).append(shape.from(axis + 1)));
    }

    private void requireFullLength() {
        if (!call.has(LENGTHS)) {
            return;
        }
        for (long length : call.known(LENGTHS, "list of lengths").toIntegers()) {
            if (length != sequence.shape().dim(0)) {
                throw call.unsupported(
                        "reads " + length + " of " + sequence.shape().dim(0) + " positions",
                        "export the model without sequence_lens");
            }
        }
    }

    private void requireNoPeepholes() {
        if (!call.has(PEEPHOLES)) {
            return;
        }
        Tensor weights = call.known(PEEPHOLES, "peephole weight");
        for (int i = 0; i < weights.size(); i++) {
            if (weights.at(i) != 0) {
                throw call.unsupported("has peepholes", "train or export the model without them");
            }
        }
    }

    /** What belongs to one direction of a tensor that stacks them, without that axis. */
    private static ConstantData part(Tensor stacked, int direction) {
        Shape shape = new Shape(stacked.dims()).from(1);
        double[] values = stacked.toConstant().toArray();
        return ConstantData.real(
                shape, Arrays.copyOfRange(values, direction * shape.size(), (direction + 1) * shape.size()));
    }

    private RecurrentWeights weights(int direction) {
        Optional<ConstantData> bias = Optional.empty();
        Optional<ConstantData> recurrent = Optional.empty();
        if (call.has(BIAS)) {
            double[] both = part(call.known(BIAS, "bias"), direction).toArray();
            Shape half = Shape.of(both.length / 2);
            bias = Optional.of(ConstantData.real(half, Arrays.copyOf(both, half.size())));
            recurrent = Optional.of(ConstantData.real(half, Arrays.copyOfRange(both, half.size(), both.length)));
        }
        return new RecurrentWeights(
                gates,
                part(call.known(1, "weight"), direction),
                part(call.known(2, "recurrent weight"), direction),
                bias,
                recurrent);
    }

    /** The state number {@code index} before the first step: {@code [directions, examples, units]}, else 0. */
    private Optional<Node> initial(int index, int direction) {
        int input = STATES + index;
        if (!call.has(input)) {
            return Optional.empty();
        }
        String role = index == 0 ? "initial_h" : "initial_c";
        Call part = call.forPart(role);
        Computed given = call.x(input);
        int axis = examplesFirst ? 0 : 1;
        boolean perExample = given.batch().isOwnAxis() && given.batch().axis() == axis;
        Node states = perExample
                ? given.node()
                : withoutExamples(Examples.explicit(part, given).node(), axis, role);
        if (states.isConstant()) {
            double[] values = states.constant().toArray();
            double[] own = Arrays.copyOfRange(values, direction * units, (direction + 1) * units);
            boolean isZero = Arrays.stream(own).allMatch(value -> value == 0);
            return isZero ? Optional.empty() : Optional.of(call.constant(role, Shape.of(units), own));
        }
        Node row = directions == 1 ? states : Movement.cut(part, role, states, 0, direction, 1);
        return Optional.of(part.reshaped(role, row, Shape.of(units)));
    }

    // ---- outputs ------------------------------------------------------------------------------------------------

    /** Where the nodes of one direction go. */
    private record Parts(Call call, String name) implements org.deepliftc.compiler.layer.Nodes {
        @Override
        public Node add(String role, Op op, Node... inputs) {
            return call.step(role, op, inputs);
        }

        @Override
        public Node constant(String role, ConstantData data) {
            return call.constant(role, data.shape(), data.toArray());
        }
    }

    private List<Value> values() {
        requireFullLength();
        requireNoPeepholes();
        List<Recurrence> runs = new ArrayList<>();
        boolean reverse = direction(call).equals("reverse");
        String name = call.node().outputs().stream()
                .filter(output -> !output.isEmpty())
                .findFirst()
                .orElse("recurrence");
        for (int direction = 0; direction < directions; direction++) {
            List<Optional<Node>> initial = new ArrayList<>();
            for (int state = 0; state < kind.states(); state++) {
                initial.add(initial(state, direction));
            }
            boolean reversed = reverse || direction == 1;
            Parts nodes = new Parts(call, reversed && directions == 2 ? name + ".reverse" : name);
            runs.add(new Recurrence(nodes, kind, weights(direction), sequence, initial, reversed));
        }
        List<Node> hidden = runs.stream().map(run -> run.states(0, "hidden")).toList();
        List<Value> values = new ArrayList<>();
        for (int output = 0; output < call.outputs(); output++) {
            Call part = call.forOutput(output);
            boolean isWanted = !call.node().outputs().get(output).isEmpty();
            if (!isWanted) {
                values.add(new Value.Broken());
            } else if (output == 0) {
                values.add(sequences(part, hidden));
            } else {
                int state = output - 1;
                List<Node> all = state == 0
                        ? hidden
                        : runs.stream().map(run -> run.states(state, "cells")).toList();
                values.add(last(part, runs, all));
            }
        }
        return values;
    }

    /** Y: [length, directions, examples, units], or [examples, length, directions, units]. */
    private Value sequences(Call part, List<Node> hidden) {
        Shape one = Shape.of(sequence.shape().dim(0), 1, units);
        return joined(part, hidden, one, 1, examplesFirst ? 0 : 2);
    }

    /** Y_h and Y_c: [directions, examples, units], or [examples, directions, units]. */
    private Value last(Call part, List<Recurrence> runs, List<Node> states) {
        List<Node> last = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            last.add(runs.get(i).last(states.get(i), "last"));
        }
        return joined(part, last, Shape.of(1, units), 0, examplesFirst ? 0 : 1);
    }

    /** The directions along an axis of the nodes, the examples at an axis of the file's tensor. */
    private Value joined(Call part, List<Node> parts, Shape one, int axis, int examples) {
        Node[] each = directions == 1
                ? parts.toArray(Node[]::new)
                : parts.stream()
                        .map(node -> part.step("direction", new Op.Reshape(one), node))
                        .toArray(Node[]::new);
        boolean grouped = !batch.isNone();
        Shape shape = directions == 1 ? one : one.with(axis, directions);
        Shape full = grouped ? shape : shape.upTo(examples).append(Shape.of(1)).append(shape.from(examples));
        if (directions == 1) {
            return new Computed(part.result(new Op.Reshape(full), each), grouped ? batch.moved(examples) : Batch.NONE);
        }
        Node all = grouped
                ? part.result(new Op.Concat(axis), each)
                : part.result(new Op.Reshape(full), part.step("directions", new Op.Concat(axis), each));
        return new Computed(all, grouped ? batch.moved(examples) : Batch.NONE);
    }
}
