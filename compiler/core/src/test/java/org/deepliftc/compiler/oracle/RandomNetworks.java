package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.interpret.Interpreter;

/**
 * Makes small random networks over all operators a model may have. Each step draws from its own generator, so that a
 * network with a step left out resembles the whole one: shrinking lives of that.
 */
public final class RandomNetworks {
    private final long seed;
    private final Set<Integer> dropped;
    private final boolean ties;
    private final int steps;
    private final GraphBuilder builder = new GraphBuilder();
    private final List<Model.InputDeclaration> inputs = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();
    private final List<double[]> actual = new ArrayList<>();
    private final List<List<double[]>> references = new ArrayList<>();
    private final List<Node> pool = new ArrayList<>();

    private RandomNetworks(long seed, Set<Integer> dropped) {
        this.seed = seed;
        this.dropped = new TreeSet<>(dropped);
        Random random = generator(-1);
        this.ties = random.nextInt(3) == 0;
        this.steps = 2 + random.nextInt(9);
        int count = random.nextInt(3);
        for (int r = 0; r <= count; r++) {
            references.add(new ArrayList<>());
        }
    }

    /** The network of this seed: up to about a dozen operators on one or two inputs. */
    public static RandomNetwork network(long seed) {
        return network(seed, Set.of());
    }

    /** The network of this seed without some of its steps. */
    static RandomNetwork network(long seed, Set<Integer> dropped) {
        return new RandomNetworks(seed, dropped).make();
    }

    private Random generator(int step) {
        return new Random(new Random(seed * 1_000_003 + step).nextLong());
    }

    private RandomNetwork make() {
        Random random = generator(-2);
        int count = random.nextInt(4) == 0 ? 2 : 1;
        for (int i = 0; i < count; i++) {
            addInput(i, random);
        }
        for (int step = 0; step < steps; step++) {
            if (!dropped.contains(step)) {
                addStep(step);
            }
        }
        Node output = output(generator(-3));
        Graph reached = Graph.of("random", Map.of("y", output));
        Set<Node> nodes = new java.util.TreeSet<>(java.util.Comparator.comparingInt(Node::id));
        nodes.addAll(reached.nodes());
        nodes.addAll(leaves);
        Graph graph = new Graph("random", new ArrayList<>(nodes), new LinkedHashMap<>(Map.of("y", output)));
        Model model = new Model("random", graph, inputs, ExplainOptions.NONE, "random.dlift", "0".repeat(64));
        int target = generator(-4).nextInt(output.shape().size());
        return new RandomNetwork(seed, dropped, steps, ties, model, actual, references, target);
    }

    private void addInput(int index, Random random) {
        boolean onehot = random.nextInt(6) == 0;
        Shape shape = onehot ? Shape.of(4, 5 + random.nextInt(4)) : shape(random);
        RandomNumbers numbers = new RandomNumbers(random, ties);
        Op.Input leaf = new Op.Input(Op.Role.ACTUAL, index, shape, ElementType.REAL);
        Node node = builder.add(leaf, "x" + index);
        leaves.add(node);
        OptionalInt axis = onehot ? OptionalInt.of(0) : OptionalInt.empty();
        inputs.add(new Model.InputDeclaration(node.name(), shape, axis, onehot));
        actual.add(onehot ? numbers.oneHot(shape.size(), 4, shape.dim(1)) : numbers.array(shape.size()));
        for (List<double[]> reference : references) {
            reference.add(
                    onehot && random.nextBoolean() ? new double[shape.size()] : numbers.reference(actual.get(index)));
        }
        pool.add(onehot ? new RandomSteps(builder, random, ties, "onehot" + index).convolution(node, 1) : node);
    }

    private static Shape shape(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Shape.of(2 + random.nextInt(5));
            case 1 -> Shape.of(1 + random.nextInt(4), 4 + random.nextInt(6));
            default -> Shape.of(1 + random.nextInt(3), 3 + random.nextInt(4), 3 + random.nextInt(4));
        };
    }

    private void addStep(int step) {
        Random random = generator(step);
        int reach = random.nextBoolean() ? Math.min(2, pool.size()) : pool.size();
        Node from = pool.get(pool.size() - 1 - random.nextInt(reach));
        Node made = new RandomSteps(builder, random, ties, "n" + step).apply(from, pool);
        pool.add(tamed(made, "n" + step + "_tamed"));
    }

    /** Scales a value down where products and exponentials let it grow, so that tolerances mean something. */
    private Node tamed(Node node, String name) {
        double largest = largest(node, actual);
        for (List<double[]> reference : references) {
            largest = Math.max(largest, largest(node, reference));
        }
        if (!Double.isFinite(largest)) {
            throw new IllegalStateException("seed " + seed + " makes " + node + " infinite");
        }
        return largest <= 8 ? node : scaled(node, Math.pow(2, -Math.ceil(Math.log(largest / 4) / Math.log(2))), name);
    }

    private Node scaled(Node node, double factor, String name) {
        return builder.add(new Op.Binary(Op.BinaryKind.MULTIPLY), name, node, builder.constant(factor));
    }

    private double largest(Node node, List<double[]> values) {
        Map<Op.Input, double[]> bound = new HashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            bound.put((Op.Input) leaves.get(i).op(), values.get(i));
        }
        double largest = 0;
        for (double value : new Interpreter(bound).value(node)) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** All values that nothing reads yet, flattened, joined and summed up with weights; perhaps squashed. */
    private Node output(Random random) {
        List<Node> loose = new ArrayList<>();
        Map<Node, List<Node>> users = Graph.of("", named(pool)).users();
        for (Node node : pool) {
            if (users.get(node).isEmpty()) {
                Op flatten = new Op.Reshape(Shape.of(node.shape().size()));
                loose.add(builder.add(flatten, node.name() + "_flat", node));
            }
        }
        Node joined = loose.size() == 1
                ? loose.get(0)
                : builder.add(new Op.Concat(0), loose, "joined", org.deepliftc.compiler.diagnostic.SourceSpan.NONE);
        int squashed = random.nextInt(4);
        int outputs = (squashed == 0 ? 2 : 1) + random.nextInt(3); // a softmax of one class is constant
        RandomNumbers numbers = new RandomNumbers(random, false);
        int in = joined.shape().size();
        Node weights = builder.constant(numbers.weights(Shape.of(outputs, in), in), "out.weight");
        Node y = builder.add(new Op.Dense(Op.Direction.FORWARD), "y", joined, weights);
        return switch (squashed) {
            case 0 -> builder.add(random.nextBoolean() ? new Op.Softmax(0) : new Op.LogSoftmax(0), "p", y);
            case 1 -> RandomSteps.activation(builder, org.deepliftc.compiler.graph.Activation.Kind.SIGMOID, "p", y);
            default -> y;
        };
    }

    private static Map<String, Node> named(List<Node> nodes) {
        Map<String, Node> named = new LinkedHashMap<>();
        nodes.forEach(node -> named.put(String.valueOf(node.id()), node));
        return named;
    }
}
