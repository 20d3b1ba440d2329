package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.layer.Gates;
import org.deepliftc.compiler.layer.Gru;
import org.deepliftc.compiler.layer.Lstm;
import org.deepliftc.compiler.layer.Nodes;
import org.deepliftc.compiler.layer.Recurrence;
import org.deepliftc.compiler.layer.Recurrent;
import org.deepliftc.compiler.layer.RecurrentWeights;
import org.deepliftc.compiler.layer.Rnn;

/** One random recurrence over the first axis of a value: a layer of the language, or a step that no layer has. */
final class RandomRecurrence {
    private final GraphBuilder builder;
    private final Random random;
    private final RandomNumbers numbers;
    private final String name;

    RandomRecurrence(GraphBuilder builder, Random random, RandomNumbers numbers, String name) {
        this.builder = builder;
        this.random = random;
        this.numbers = numbers;
        this.name = name;
    }

    Node over(Node x) {
        if (random.nextInt(4) == 0) {
            return strange(x);
        }
        Node sequence = x.shape().rank() == 2
                ? x
                : builder.add(
                        new Op.Reshape(
                                Shape.of(x.shape().dim(0), x.shape().from(1).size())),
                        name + "_rows",
                        x);
        return layer(sequence);
    }

    private Node layer(Node sequence) {
        Activation gate = Activation.of(random.nextInt(4) == 0 ? Kind.SOFTSIGN : Kind.SIGMOID);
        Activation tanh = Activation.of(Kind.TANH);
        Recurrent kind = switch (random.nextInt(3)) {
            case 0 -> new Lstm(gate, tanh, random.nextBoolean() ? tanh : Activation.of(Kind.SOFTSIGN));
            case 1 -> new Gru(gate, tanh, random.nextBoolean());
            default -> new Rnn(Activation.of(random.nextBoolean() ? Kind.TANH : Kind.RELU));
        };
        int units = 1 + random.nextInt(4);
        int rows = units * kind.order().order().length();
        int features = sequence.shape().dim(1);
        RecurrentWeights weights = new RecurrentWeights(
                new Gates(new StringBuilder(kind.order().order()).reverse().toString()),
                numbers.weights(Shape.of(rows, features), features),
                numbers.weights(Shape.of(rows, units), units),
                sometimes(Shape.of(rows)),
                sometimes(Shape.of(rows)));
        List<Optional<Node>> initial = new ArrayList<>();
        for (int i = 0; i < kind.states(); i++) {
            initial.add(initial(sequence, units, i));
        }
        Recurrence recurrence = new Recurrence(new Named(), kind, weights, sequence, initial, random.nextBoolean());
        Node states = recurrence.states(random.nextInt(kind.states()), "states");
        return random.nextBoolean() ? states : recurrence.last(states, "last");
    }

    private Optional<ConstantData> sometimes(Shape shape) {
        return random.nextBoolean() ? Optional.of(numbers.weights(shape, 1)) : Optional.empty();
    }

    /** Zeros, constants, or computed from the sequence as a decoder's are. */
    private Optional<Node> initial(Node sequence, int units, int state) {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(constant("initial" + state, numbers.weights(Shape.of(units), 1)));
            default -> {
                int size = sequence.shape().size();
                Node flat = builder.add(new Op.Reshape(Shape.of(size)), name + "_flat" + state, sequence);
                Node weights = constant("initial" + state, numbers.weights(Shape.of(units, size), size));
                yield Optional.of(
                        builder.add(new Op.Dense(Op.Direction.FORWARD), name + "_initial" + state, flat, weights));
            }
        };
    }

    private Node constant(String part, ConstantData data) {
        return builder.constant(data, name + "." + part);
    }

    /**
     * a' = softmax(a + x), b' = a, and what is stacked is one of them, their product, or a part of x: values that lie
     * where no loop of their own writes them.
     */
    private Node strange(Node x) {
        GraphBuilder step = new GraphBuilder();
        Shape shape = x.shape().from(1);
        Node a = leaf(step, Op.Role.CARRIED, 0, shape, "a");
        Node b = leaf(step, Op.Role.CARRIED, 1, shape, "b");
        Node element = leaf(step, Op.Role.SCANNED, 0, shape, "x");
        Node sum = step.add(new Op.Binary(Op.BinaryKind.ADD), name + ".step.sum", a, element);
        Node next = step.add(new Op.Softmax(shape.rank() - 1), name + ".step.softmax", sum);
        Node product = step.add(new Op.Binary(Op.BinaryKind.MULTIPLY), name + ".step.product", next, b);
        Node squashed = step.add(new Op.Elementwise(Activation.of(Kind.TANH)), name + ".step.tanh", element);
        Node joined = step.add(new Op.Concat(0), name + ".step.joined", product, squashed);
        ScanBody body = ScanBody.of(name, List.of(next, a), 1, x.shape().dim(0), random.nextBoolean());
        // what only the stack needs is no part of the next state, and so of no body that ends there
        ScanBody longer = ScanBody.of(
                name,
                List.of(next, step.add(new Op.Reshape(shape), name + ".step.after", half(step, joined, a))),
                1,
                x.shape().dim(0),
                body.reversed());
        Node stacked = List.of(next, a, b, element, product, joined).get(random.nextInt(6));
        boolean inBody = body.graph().outputs().containsValue(stacked);
        List<Node> inputs =
                List.of(constant("a", numbers.weights(shape, 1)), constant("b", numbers.weights(shape, 1)), x);
        Op scan = new Op.Scan(inBody ? body : longer, ScanBody.value(stacked));
        return builder.add(scan, inputs, name, SourceSpan.NONE);
    }

    /** The first half of what was joined, plus {@code a}. */
    private Node half(GraphBuilder step, Node joined, Node a) {
        List<Integer> starts = java.util.Collections.nCopies(a.shape().rank(), 0);
        List<Integer> steps = java.util.Collections.nCopies(a.shape().rank(), 1);
        Node part = step.add(new Op.Slice(starts, steps, a.shape()), name + ".step.part", joined);
        return step.add(new Op.Binary(Op.BinaryKind.ADD), name + ".step.half", part, a);
    }

    private Node leaf(GraphBuilder step, Op.Role role, int index, Shape shape, String called) {
        return step.add(new Op.Input(role, index, shape, ElementType.REAL), name + ".step." + called);
    }

    /** Names as the language gives them. */
    private final class Named implements Nodes {
        @Override
        public String name() {
            return name;
        }

        @Override
        public Node add(String role, Op op, Node... inputs) {
            return builder.add(op, name + "." + role, inputs);
        }

        @Override
        public Node constant(String role, ConstantData data) {
            return RandomRecurrence.this.constant(role, data);
        }
    }
}
