package org.deepliftc.compiler.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.interpret.Interpreter;

/** A graph sketched in a test, with random leaves and constants, and the questions that tests of passes ask. */
final class Sketch {
    private final Random random = new Random(11);
    private final GraphBuilder builder = new GraphBuilder();
    private final Map<Op.Input, double[]> bound = new HashMap<>();
    private final Map<String, Node> outputs = new LinkedHashMap<>();

    Node leaf(int... dims) {
        Shape shape = Shape.of(dims);
        Op.Input input = new Op.Input(Op.Role.ACTUAL, bound.size(), shape, ElementType.REAL);
        bound.put(input, random.doubles(shape.size(), -1, 1).toArray());
        return builder.add(input, "x" + (bound.size() - 1));
    }

    Node constant(int... dims) {
        Shape shape = Shape.of(dims);
        return builder.constant(
                ConstantData.real(shape, random.doubles(shape.size(), -2, 2).toArray()), "constant");
    }

    Node number(double value) {
        return builder.constant(value);
    }

    Node constant(ConstantData data) {
        return builder.constant(data, "constant");
    }

    Node add(Op op, Node... inputs) {
        return builder.add(op, "node", inputs);
    }

    Node binary(Op.BinaryKind kind, Node a, Node b) {
        return add(new Op.Binary(kind), a, b);
    }

    Node times(Node a, Node b) {
        return binary(Op.BinaryKind.MULTIPLY, a, b);
    }

    Node plus(Node a, Node b) {
        return binary(Op.BinaryKind.ADD, a, b);
    }

    Node relu(Node x) {
        return add(new Op.Elementwise(Activation.of(Activation.Kind.RELU)), x);
    }

    Node dense(Node... inputs) {
        return add(new Op.Dense(Op.Direction.FORWARD), inputs);
    }

    Node denseBack(Node m, Node weights) {
        return add(new Op.Dense(Op.Direction.TRANSPOSED), m, weights);
    }

    /** A convolution over one axis without padding. */
    Node convolution(Node... inputs) {
        return add(new Op.Convolution(window(inputs[1]), 1), inputs);
    }

    Node convolutionBack(Node m, Node weights, int length) {
        return add(new Op.ConvolutionTransposed(window(weights), 1, Shape.of(length)), m, weights);
    }

    private static Window window(Node weights) {
        return Window.of(List.of(weights.shape().dim(2)), List.of(1));
    }

    Node slice(Node x, List<Integer> starts, int... dims) {
        return add(new Op.Slice(starts, starts.stream().map(s -> 1).toList(), Shape.of(dims)), x);
    }

    Node embed(Node x, List<Integer> starts, int... dims) {
        return add(new Op.Embed(starts, starts.stream().map(s -> 1).toList(), Shape.of(dims), 0), x);
    }

    Node reshape(Node x, int... dims) {
        return add(new Op.Reshape(Shape.of(dims)), x);
    }

    /** Makes a node a result; its name is the number of results before it. */
    Sketch result(Node node) {
        outputs.put(String.valueOf(outputs.size()), node);
        return this;
    }

    Graph graph() {
        return Graph.of("sketch", outputs);
    }

    /** Runs passes in order and makes sure that the results keep their values. */
    Graph after(Pass... passes) {
        Graph graph = graph();
        for (Pass pass : passes) {
            graph = pass.run(graph);
        }
        assertSameValues(graph);
        return graph;
    }

    void assertSameValues(Graph changed) {
        Map<String, double[]> expected = new Interpreter(bound).outputs(graph());
        Map<String, double[]> got = new Interpreter(bound).outputs(changed);
        assertThat(got.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            double largest = 0;
            for (double value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).as("a test on nothing but zeros proves nothing").isGreaterThan(1e-6);
            for (int i = 0; i < values.length; i++) {
                assertThat(got.get(name)[i]).as("%s[%d]", name, i).isCloseTo(values[i], within(1e-12 * largest));
            }
        });
    }

    /** The results as expressions, one a line; {@code #} is a constant, shapes follow what changes them. */
    static String form(Graph graph) {
        return graph.outputs().values().stream().map(Sketch::form).collect(Collectors.joining("\n"));
    }

    static String form(Node node) {
        if (node.isConstant()) {
            return "#";
        }
        if (node.op() instanceof Op.Input) {
            return node.name();
        }
        String inputs = node.inputs().stream().map(Sketch::form).collect(Collectors.joining(", "));
        boolean moves = node.op() instanceof Op.Slice
                || node.op() instanceof Op.Embed
                || node.op() instanceof Op.Reshape
                || node.op() instanceof Op.ScatterPositions;
        return name(node.op()) + (moves ? node.shape() : "") + "(" + inputs + ")";
    }

    private static String name(Op op) {
        if (op instanceof Op.Binary binary) {
            return binary.kind().name().toLowerCase(Locale.ROOT);
        }
        if (op instanceof Op.Elementwise elementwise) {
            return elementwise.activation().name();
        }
        if (op instanceof Op.Dense dense && dense.direction() == Op.Direction.TRANSPOSED) {
            return "denseTransposed";
        }
        String name = op.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static long count(Graph graph, Class<? extends Op> op) {
        return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
    }
}
