package org.deepliftc.compiler.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.Activation.Kind;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;

/** One random operator on a value, with its weights. */
final class RandomSteps {
    /** No value of a random network has more elements. */
    private static final int LARGEST = 160;

    private static final List<Kind> ANYWHERE = List.of(
            Kind.RELU,
            Kind.RELU,
            Kind.LEAKY_RELU,
            Kind.ELU,
            Kind.SELU,
            Kind.CELU,
            Kind.SIGMOID,
            Kind.TANH,
            Kind.SOFTPLUS,
            Kind.SOFTSIGN,
            Kind.SQUARE,
            Kind.ABS,
            Kind.CLIP,
            Kind.ERF,
            Kind.NORMAL_CDF,
            Kind.SIN,
            Kind.COS);

    private static final List<Kind> POSITIVE_ONLY = List.of(Kind.LOG, Kind.SQRT, Kind.RSQRT, Kind.RECIPROCAL);

    private final GraphBuilder builder;
    private final Random random;
    private final RandomNumbers numbers;
    private final String name;

    RandomSteps(GraphBuilder builder, Random random, boolean ties, String name) {
        this.builder = builder;
        this.random = random;
        this.numbers = new RandomNumbers(random, ties);
        this.name = name;
    }

    static Node activation(GraphBuilder builder, Kind kind, String name, Node x) {
        return builder.add(new Op.Elementwise(Activation.of(kind)), name, x);
    }

    /** Applies an operator that fits {@code x}; products and joins take their other operand from {@code others}. */
    Node apply(Node x, List<Node> others) {
        List<Supplier<Node>> choices = new ArrayList<>(List.of(
                () -> activation(x),
                () -> activation(x),
                () -> prelu(x),
                () -> withConstant(x),
                () -> withOther(x, others),
                () -> withOther(x, others),
                () -> quotient(x, others),
                () -> extreme(x, others)));
        if (x.shape().rank() >= 1) {
            choices.addAll(List.of(
                    () -> dense(x),
                    () -> softmax(x),
                    () -> reduce(x),
                    () -> slice(x),
                    () -> embed(x),
                    () -> concat(x, others),
                    () -> batchNorm(x)));
        }
        if (x.shape().rank() >= 2) {
            choices.addAll(List.of(
                    () -> flatten(x),
                    () -> transpose(x),
                    () -> matrixProduct(x),
                    () -> new RandomRecurrence(builder, random, numbers, name).over(x),
                    () -> new RandomRecurrence(builder, random, numbers, name).over(x),
                    () -> convolution(x),
                    () -> convolution(x),
                    () -> transposedConvolution(x),
                    () -> maxPool(x),
                    () -> maxPool(x),
                    () -> averagePool(x)));
        }
        return choices.get(random.nextInt(choices.size())).get();
    }

    private Node add(Op op, Node... inputs) {
        return builder.add(op, name, inputs);
    }

    private Node part(Op op, String part, Node... inputs) {
        return builder.add(op, name + "_" + part, inputs);
    }

    private Node constant(ConstantData data, String part) {
        return builder.constant(data, name + "." + part);
    }

    private Node activation(Node x) {
        int choice = random.nextInt(8);
        if (choice == 0) {
            Node small = part(new Op.Elementwise(Activation.of(Kind.TANH)), "small", x);
            return add(new Op.Elementwise(Activation.of(Kind.EXP)), small);
        }
        if (choice == 1) {
            Kind kind = POSITIVE_ONLY.get(random.nextInt(POSITIVE_ONLY.size()));
            return add(new Op.Elementwise(Activation.of(kind)), positive(x));
        }
        if (choice == 2) {
            return add(new Op.Elementwise(userDefined()), x);
        }
        Kind kind = ANYWHERE.get(random.nextInt(ANYWHERE.size()));
        double alpha = kind.hasAlpha() ? 0.1 + random.nextDouble() : 0;
        return add(new Op.Elementwise(Activation.of(kind, alpha)), x);
    }

    /** x tanh(softplus(x)), x sigmoid(x), or 1 / (1 + x x) - relu(x) / 2. */
    private Activation userDefined() {
        ScalarFunction x = new ScalarFunction.Variable();
        ScalarFunction one = new ScalarFunction.Number(1);
        return switch (random.nextInt(3)) {
            case 0 -> new Activation.UserDefined("mish", arithmetic("*", x, apply(Kind.TANH, apply(Kind.SOFTPLUS, x))));
            case 1 -> new Activation.UserDefined("swish", arithmetic("*", x, apply(Kind.SIGMOID, x)));
            default ->
                new Activation.UserDefined(
                        "hump",
                        arithmetic(
                                "-",
                                arithmetic("/", one, arithmetic("+", one, arithmetic("*", x, x))),
                                arithmetic("/", apply(Kind.RELU, x), new ScalarFunction.Number(2))));
        };
    }

    private static ScalarFunction arithmetic(String symbol, ScalarFunction left, ScalarFunction right) {
        for (ScalarFunction.Operator operator : ScalarFunction.Operator.values()) {
            if (operator.symbol().equals(symbol)) {
                return new ScalarFunction.Arithmetic(operator, left, right);
            }
        }
        throw new IllegalArgumentException(symbol);
    }

    private static ScalarFunction apply(Kind kind, ScalarFunction inner) {
        return new ScalarFunction.Apply((Activation.Builtin) Activation.of(kind), inner);
    }

    private Node positive(Node x) {
        Node soft = part(new Op.Elementwise(Activation.of(Kind.SOFTPLUS)), "soft", x);
        Node half = constant(ConstantData.scalar(0.5), "half");
        return part(new Op.Binary(Op.BinaryKind.ADD), "positive", soft, half);
    }

    private Node prelu(Node x) {
        Shape slope = channelShape(x.shape());
        return add(new Op.Elementwise(Activation.of(Kind.PRELU)), x, constant(numbers.weights(slope, 4), "slope"));
    }

    /** [channels, 1, ...]; a scalar for a scalar. */
    private Shape channelShape(Shape shape) {
        Shape result = shape;
        for (int axis = 1; axis < shape.rank(); axis++) {
            result = result.with(axis, 1);
        }
        return result;
    }

    private Node withConstant(Node x) {
        Op.BinaryKind kind = List.of(Op.BinaryKind.ADD, Op.BinaryKind.SUBTRACT, Op.BinaryKind.MULTIPLY)
                .get(random.nextInt(3));
        Shape shape = random.nextBoolean() ? channelShape(x.shape()) : x.shape();
        Node other = constant(numbers.weights(shape, 1), "constant");
        return random.nextBoolean() ? add(new Op.Binary(kind), x, other) : add(new Op.Binary(kind), other, x);
    }

    private Node withOther(Node x, List<Node> others) {
        Node other = fitting(x, others);
        Op.BinaryKind kind = List.of(
                        Op.BinaryKind.ADD, Op.BinaryKind.SUBTRACT, Op.BinaryKind.MULTIPLY, Op.BinaryKind.MULTIPLY)
                .get(random.nextInt(4));
        return add(new Op.Binary(kind), x, other);
    }

    private Node quotient(Node x, List<Node> others) {
        return add(new Op.Binary(Op.BinaryKind.DIVIDE), x, positive(fitting(x, others)));
    }

    /** The largest or smallest of two to four values. */
    private Node extreme(Node x, List<Node> others) {
        Op.BinaryKind kind = random.nextBoolean() ? Op.BinaryKind.MAXIMUM : Op.BinaryKind.MINIMUM;
        List<Node> operands = new ArrayList<>(List.of(x));
        Shape shape = x.shape();
        int count = 2 + random.nextInt(3);
        while (operands.size() < count) {
            boolean constant = random.nextInt(3) == 0;
            Node next = constant
                    ? constant(numbers.weights(channelShape(x.shape()), 1), "bound" + operands.size())
                    : fitting(x, others);
            try {
                shape = Shape.broadcast(shape, next.shape());
            } catch (IllegalArgumentException e) {
                return withOther(x, others); // it fits x, but not what the others have become
            }
            operands.add(next);
        }
        return shape.size() > LARGEST
                ? withOther(x, others)
                : builder.add(new Op.Binary(kind), operands, name, SourceSpan.NONE);
    }

    /** Some value that broadcasts with {@code x}; there is always {@code x} itself. */
    private Node fitting(Node x, List<Node> others) {
        List<Node> fitting = new ArrayList<>();
        for (Node other : others) {
            try {
                if (Shape.broadcast(x.shape(), other.shape()).size() <= LARGEST) {
                    fitting.add(other);
                }
            } catch (IllegalArgumentException e) {
                continue; // these two do not broadcast: not a candidate
            }
        }
        return fitting.isEmpty() ? x : fitting.get(random.nextInt(fitting.size()));
    }

    private Node dense(Node x) {
        int in = x.shape().dim(x.shape().rank() - 1);
        int out = 1 + random.nextInt(6);
        Node weights = constant(numbers.weights(Shape.of(out, in), in), "weight");
        Op op = new Op.Dense(Op.Direction.FORWARD);
        return random.nextBoolean()
                ? add(op, x, weights)
                : add(op, x, weights, constant(numbers.weights(Shape.of(out), 1), "bias"));
    }

    /** Over more than one class: that over one is constant, and all that would be compared is rounding. */
    private Node softmax(Node x) {
        int axis = random.nextInt(x.shape().rank());
        return x.shape().dim(axis) == 1
                ? activation(x)
                : add(random.nextBoolean() ? new Op.Softmax(axis) : new Op.LogSoftmax(axis), x);
    }

    private Node reduce(Node x) {
        List<Integer> axes = new ArrayList<>();
        int first = random.nextInt(x.shape().rank());
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            if (axis == first || random.nextInt(3) == 0) {
                axes.add(axis);
            }
        }
        Op.ReduceKind kind = Op.ReduceKind.values()[random.nextInt(Op.ReduceKind.values().length)];
        return add(new Op.Reduce(kind, axes, random.nextBoolean()), x);
    }

    private Node slice(Node x) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        for (int extent : x.shape().dims()) {
            int step = 1 + random.nextInt(2);
            int taken = 1 + random.nextInt((extent - 1) / step + 1);
            int low = random.nextInt(extent - (taken - 1) * step);
            boolean backwards = random.nextBoolean();
            starts.add(backwards ? low + (taken - 1) * step : low);
            steps.add(backwards ? -step : step);
            extents.add(taken);
        }
        return add(new Op.Slice(starts, steps, new Shape(extents)), x);
    }

    private Node embed(Node x) {
        List<Integer> starts = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        List<Integer> extents = new ArrayList<>();
        for (int extent : x.shape().dims()) {
            int step = 1 + random.nextInt(5) / 4;
            int before = random.nextInt(2);
            boolean backwards = random.nextInt(4) == 0;
            int span = (extent - 1) * step + 1;
            starts.add(backwards ? before + span - 1 : before);
            steps.add(backwards ? -step : step);
            extents.add(before + span + random.nextInt(2));
        }
        Shape shape = new Shape(extents);
        return shape.size() > LARGEST ? slice(x) : add(new Op.Embed(starts, steps, shape, numbers.next()), x);
    }

    private Node concat(Node x, List<Node> others) {
        int axis = random.nextInt(x.shape().rank());
        List<Node> joined = new ArrayList<>(List.of(x));
        for (Node other : others) {
            boolean fits = other.shape().rank() == x.shape().rank()
                    && other.shape().with(axis, 1).equals(x.shape().with(axis, 1));
            if (fits && joined.size() < 3) {
                joined.add(random.nextInt(joined.size() + 1), other);
            }
        }
        int total = joined.stream().mapToInt(node -> node.shape().size()).sum();
        return total > LARGEST ? slice(x) : builder.add(new Op.Concat(axis), joined, name, SourceSpan.NONE);
    }

    private Node batchNorm(Node x) {
        Shape channels = Shape.of(x.shape().dim(0));
        return add(
                new Op.BatchNorm(1e-3),
                x,
                constant(numbers.weights(channels, 1), "gamma"),
                constant(numbers.weights(channels, 1), "beta"),
                constant(numbers.weights(channels, 1), "mean"),
                constant(numbers.positive(channels, 0.5), "variance"));
    }

    private Node flatten(Node x) {
        return add(new Op.Reshape(Shape.of(x.shape().size())), x);
    }

    private Node transpose(Node x) {
        List<Integer> permutation = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            permutation.add(axis);
        }
        Collections.shuffle(permutation, random);
        return add(new Op.Transpose(permutation), x);
    }

    /** With a constant on either side, or of the value with its own transpose. */
    private Node matrixProduct(Node x) {
        int rank = x.shape().rank();
        int rows = x.shape().dim(rank - 2);
        int columns = x.shape().dim(rank - 1);
        int size = 1 + random.nextInt(4);
        if (random.nextBoolean()) {
            boolean outer = random.nextBoolean();
            return add(new Op.MatMul(!outer, outer), x, x);
        }
        return random.nextBoolean()
                ? add(
                        new Op.MatMul(false, false),
                        x,
                        constant(numbers.weights(Shape.of(columns, size), columns), "right"))
                : add(new Op.MatMul(true, false), constant(numbers.weights(Shape.of(rows, size), rows), "left"), x);
    }

    private Node convolution(Node x) {
        int channels = x.shape().dim(0);
        return convolution(x, random.nextInt(3) == 0 ? channels : 1);
    }

    /** Any stride, dilation and padding that fits. */
    Node convolution(Node x, int groups) {
        int channels = x.shape().dim(0);
        int filters = groups * (1 + random.nextInt(3));
        Window window = window(x.shape().from(1), 3);
        Shape shape = Shape.of(filters, channels / groups).append(new Shape(window.size()));
        Node weights = constant(numbers.weights(shape, shape.size() / filters), "weight");
        Op op = new Op.Convolution(window, groups);
        return random.nextBoolean()
                ? add(op, x, weights)
                : add(op, x, weights, constant(numbers.weights(Shape.of(filters), 1), "bias"));
    }

    /** From the outputs of a window back to the space it slid over; a slice where that is too large. */
    private Node transposedConvolution(Node x) {
        List<Integer> size = new ArrayList<>();
        List<Integer> stride = new ArrayList<>();
        Shape space = Shape.SCALAR;
        for (int extent : x.shape().from(1).dims()) {
            size.add(1 + random.nextInt(3));
            stride.add(1 + random.nextInt(2));
            int more = random.nextInt(stride.get(stride.size() - 1));
            space = space.append(
                    Shape.of((extent - 1) * stride.get(stride.size() - 1) + size.get(size.size() - 1) + more));
        }
        int filters = 1 + random.nextInt(2);
        if (filters * space.size() > LARGEST) {
            return slice(x);
        }
        int channels = x.shape().dim(0);
        Shape shape = Shape.of(channels, filters).append(new Shape(size));
        Node weights = constant(numbers.weights(shape, channels), "weight");
        return add(new Op.ConvolutionTransposed(Window.of(size, stride), 1, space), x, weights);
    }

    private Node maxPool(Node x) {
        return add(new Op.MaxPool(window(x.shape().from(1), 1)), x);
    }

    private Node averagePool(Node x) {
        return add(
                new Op.AveragePool(
                        window(x.shape().from(1), 1),
                        random.nextBoolean(),
                        Op.Direction.FORWARD,
                        x.shape().from(1)),
                x);
    }

    /** A window whose every position sees something of the input; padding up to {@code most} on each side. */
    private Window window(Shape space, int most) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lists.add(new ArrayList<>());
        }
        for (int extent : space.dims()) {
            int size = 1 + random.nextInt(Math.min(4, extent));
            int dilation = size > 1 && (size - 1) * 2 + 1 <= extent ? 1 + random.nextInt(2) : 1;
            int padding = Math.min(most, (size - 1) * (dilation == 1 ? 1 : 0));
            lists.get(0).add(size);
            lists.get(1).add(1 + random.nextInt(3));
            lists.get(2).add(dilation);
            lists.get(3).add(random.nextInt(padding + 1));
            lists.get(4).add(random.nextInt(padding + 1));
        }
        return new Window(lists.get(0), lists.get(1), lists.get(2), lists.get(3), lists.get(4));
    }
}
