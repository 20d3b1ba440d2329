package org.deepliftc.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deepliftc.compiler.diagnostic.SourceSpan;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.GraphBuilder;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScalarFunction;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.data.DataArray;
import org.deepliftc.data.Weights;

/** Reads {@code graph.txt}, the listing of a case's ONNX file, so that the oracle does not depend on the language. */
final class ExportedGraph {
    private static final Pattern NODE = Pattern.compile("(\\S+) (\\[[Nn].*?\\]) = (\\w+)\\((.*?)\\)(?:  (.*))?");
    private static final Pattern INTEGERS = Pattern.compile("(\\S+) = (\\[.*\\])");

    private final GraphBuilder builder = new GraphBuilder();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<Integer>> integers = new LinkedHashMap<>();
    private final List<Model.InputDeclaration> inputs = new ArrayList<>();
    private final Map<String, Node> outputs = new LinkedHashMap<>();
    private final Map<String, Integer> onehot;
    private final Weights weights;

    /** The parts of a node's line. */
    private record Line(List<String> arguments, Map<String, String> attributes) {
        List<Integer> list(String attribute, List<Integer> otherwise) {
            return attributes.containsKey(attribute) ? integers(attributes.get(attribute)) : otherwise;
        }

        double number(String attribute) {
            return Double.parseDouble(attributes.get(attribute));
        }
    }

    private ExportedGraph(Weights weights, Map<String, Integer> onehot) {
        this.weights = weights;
        this.onehot = onehot;
    }

    static Model read(ConformanceCase of, Map<String, Integer> onehot) throws IOException {
        try (Weights weights = Weights.open(of.folder().resolve(of.name() + ".safetensors"))) {
            return new ExportedGraph(weights, onehot).model(of);
        }
    }

    private Model model(ConformanceCase of) throws IOException {
        List<String> lines = Files.readAllLines(of.folder().resolve("graph.txt"));
        for (String line : lines) {
            Matcher constant = INTEGERS.matcher(line);
            if (constant.matches()) {
                integers.put(constant.group(1), integers(constant.group(2)));
            }
        }
        for (String line : lines) {
            read(line);
        }
        Graph graph = Graph.of(of.name(), outputs);
        return new Model(of.name(), graph, inputs, ExplainOptions.NONE, "graph.txt", "0".repeat(64));
    }

    private void read(String line) throws IOException {
        Matcher node = NODE.matcher(line);
        if (line.startsWith("input")) {
            String[] words = line.split("\\s+", 3);
            addInput(words[1], shape(words[2]));
        } else if (line.startsWith("output")) {
            String name = line.split("\\s+")[1];
            outputs.put(name, nodes.get(name));
        } else if (node.matches()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String attribute :
                    node.group(5) == null ? new String[0] : node.group(5).split("  ")) {
                attributes.put(attribute.split("=")[0], attribute.split("=")[1]);
            }
            List<String> arguments = Arrays.stream(node.group(4).split(", (?![^{]*\\})"))
                    .map(argument -> argument.replaceAll("\\{.*", ""))
                    .toList();
            Node made = made(node.group(1), node.group(3), new Line(arguments, attributes));
            if (!made.shape().equals(shape(node.group(2)))) {
                throw new IllegalStateException(line + " became " + made);
            }
            nodes.put(node.group(1), made);
        }
    }

    private void addInput(String name, Shape shape) {
        Op.Input leaf = new Op.Input(Op.Role.ACTUAL, inputs.size(), shape, ElementType.REAL);
        OptionalInt axis = onehot.containsKey("*") ? OptionalInt.of(onehot.get("*")) : OptionalInt.empty();
        inputs.add(new Model.InputDeclaration(name, shape, axis, axis.isPresent()));
        nodes.put(name, builder.add(leaf, name));
    }

    private static Shape shape(String text) {
        List<Integer> dims = new ArrayList<>();
        for (String dim : text.replaceAll("[\\[\\] ]", "").split(",")) {
            if (!dim.equalsIgnoreCase("n")) {
                dims.add(Integer.parseInt(dim));
            }
        }
        return new Shape(dims);
    }

    private static List<Integer> integers(String text) {
        return Arrays.stream(text.replaceAll("[\\[\\] ]", "").split(","))
                .map(Integer::parseInt)
                .toList();
    }

    /** A node, or a stored tensor as a constant. */
    private Node argument(Line line, int index) throws IOException {
        String name = line.arguments().get(index);
        if (!nodes.containsKey(name)) {
            DataArray array = weights.read(name);
            nodes.put(name, builder.constant(ConstantData.real(Shape.of(array.shape()), array.toDoubles()), name));
        }
        return nodes.get(name);
    }

    private Node add(String name, Op op, Line line) throws IOException {
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < line.arguments().size(); i++) {
            all.add(argument(line, i));
        }
        return builder.add(op, all, name, SourceSpan.NONE);
    }

    private Node made(String name, String type, Line line) throws IOException {
        Node x = argument(line, 0);
        return switch (type) {
            case "Add" -> add(name, new Op.Binary(Op.BinaryKind.ADD), line);
            case "Sub" -> add(name, new Op.Binary(Op.BinaryKind.SUBTRACT), line);
            case "Mul" -> add(name, new Op.Binary(Op.BinaryKind.MULTIPLY), line);
            case "Div" -> add(name, new Op.Binary(Op.BinaryKind.DIVIDE), line);
            case "Max" -> add(name, new Op.Binary(Op.BinaryKind.MAXIMUM), line);
            case "Selu" -> add(name, activation(Activation.Kind.SELU), line);
            case "Celu" -> add(name, activation(Activation.Kind.CELU, line), line);
            case "Softplus" -> add(name, activation(Activation.Kind.SOFTPLUS), line);
            case "Softsign" -> add(name, activation(Activation.Kind.SOFTSIGN), line);
            case "Erf" -> add(name, activation(Activation.Kind.ERF), line);
            case "Abs" -> add(name, activation(Activation.Kind.ABS), line);
            case "Exp" -> add(name, activation(Activation.Kind.EXP), line);
            case "Sqrt" -> add(name, activation(Activation.Kind.SQRT), line);
            case "Log" -> add(name, activation(Activation.Kind.LOG), line);
            case "Reciprocal" -> add(name, activation(Activation.Kind.RECIPROCAL), line);
            case "HardSigmoid" -> builder.add(hardSigmoid(line), name, x);
            case "Clip" -> builder.add(clip(line), name, x);
            case "Pow" -> builder.add(power(line), name, x);
            case "Relu" -> add(name, activation(Activation.Kind.RELU), line);
            case "Tanh" -> add(name, activation(Activation.Kind.TANH), line);
            case "Sigmoid" -> add(name, activation(Activation.Kind.SIGMOID), line);
            case "PRelu" -> add(name, activation(Activation.Kind.PRELU), line);
            case "LeakyRelu" -> add(name, activation(Activation.Kind.LEAKY_RELU, line), line);
            case "Elu" -> add(name, activation(Activation.Kind.ELU, line), line);
            case "Softmax" -> add(name, new Op.Softmax(x.shape().rank() - 1), line);
            case "Flatten" -> add(name, new Op.Reshape(Shape.of(x.shape().size())), line);
            case "BatchNormalization" -> add(name, new Op.BatchNorm(line.number("epsilon")), line);
            case "Conv" ->
                add(
                        name,
                        new Op.Convolution(
                                window(line), Integer.parseInt(line.attributes().get("group"))),
                        line);
            case "MaxPool" -> add(name, new Op.MaxPool(window(line)), line);
            case "AveragePool" ->
                add(
                        name,
                        new Op.AveragePool(
                                window(line),
                                false,
                                Op.Direction.FORWARD,
                                x.shape().from(1)),
                        line);
            case "GlobalAveragePool" -> add(name, new Op.Reduce(Op.ReduceKind.MEAN, List.of(1, 2), true), line);
            case "Concat" ->
                add(name, new Op.Concat(Integer.parseInt(line.attributes().get("axis")) - 1), line);
            case "Gemm" -> gemm(name, x, line);
            case "ReduceSum" -> builder.add(reduceSum(line), name, x);
            case "Slice" -> builder.add(slice(line, x.shape()), name, x);
            case "Pad" -> builder.add(pad(line, x.shape()), name, x);
            default -> throw new IllegalStateException("no operator for " + type);
        };
    }

    private static Op activation(Activation.Kind kind) {
        return new Op.Elementwise(Activation.of(kind));
    }

    private static Op activation(Activation.Kind kind, Line line) {
        return new Op.Elementwise(Activation.of(kind, line.number("alpha")));
    }

    private static Op hardSigmoid(Line line) {
        ScalarFunction scaled = new ScalarFunction.Arithmetic(
                ScalarFunction.Operator.MULTIPLY,
                new ScalarFunction.Number(line.number("alpha")),
                new ScalarFunction.Variable());
        ScalarFunction shifted = new ScalarFunction.Arithmetic(
                ScalarFunction.Operator.ADD, scaled, new ScalarFunction.Number(line.number("beta")));
        ScalarFunction body = new ScalarFunction.Apply(Activation.clip(0, 1), shifted);
        return new Op.Elementwise(new Activation.UserDefined("hard_sigmoid", body));
    }

    private Op clip(Line line) throws IOException {
        double low = argument(line, 1).constant().at(0);
        return new Op.Elementwise(
                Activation.clip(low, argument(line, 2).constant().at(0)));
    }

    /** A small whole power as a product. */
    private Op power(Line line) throws IOException {
        ScalarFunction body = new ScalarFunction.Variable();
        for (int i = 1; i < argument(line, 1).constant().at(0); i++) {
            body = new ScalarFunction.Arithmetic(ScalarFunction.Operator.MULTIPLY, body, new ScalarFunction.Variable());
        }
        return new Op.Elementwise(new Activation.UserDefined("power", body));
    }

    /** x @ W + b, the weights stored [in, out] unless transB says otherwise. */
    private Node gemm(String name, Node x, Line line) throws IOException {
        Node w = argument(line, 1);
        if (!"1".equals(line.attributes().get("transB"))) {
            w = builder.add(new Op.Transpose(List.of(1, 0)), name + ".weight", w);
        }
        return builder.add(new Op.Dense(Op.Direction.FORWARD), name, x, w, argument(line, 2));
    }

    private static Window window(Line line) {
        List<Integer> size = line.list("kernel_shape", List.of());
        List<Integer> ones = size.stream().map(s -> 1).toList();
        List<Integer> pads = line.list("pads", List.of());
        List<Integer> none = size.stream().map(s -> 0).toList();
        return new Window(
                size,
                line.list("strides", ones),
                line.list("dilations", ones),
                pads.isEmpty() ? none : pads.subList(0, size.size()),
                pads.isEmpty() ? none : pads.subList(size.size(), pads.size()));
    }

    private Op reduceSum(Line line) {
        List<Integer> axes =
                integers.get(line.arguments().get(1)).stream().map(a -> a - 1).toList();
        return new Op.Reduce(
                Op.ReduceKind.SUM, axes, !"0".equals(line.attributes().get("keepdims")));
    }

    private Op slice(Line line, Shape x) {
        List<List<Integer>> given =
                line.arguments().stream().skip(1).map(integers::get).toList();
        List<Integer> starts = new ArrayList<>(x.dims().stream().map(d -> 0).toList());
        List<Integer> steps = new ArrayList<>(x.dims().stream().map(d -> 1).toList());
        Shape shape = x;
        for (int i = 0; i < given.get(0).size(); i++) {
            int axis = given.get(2).get(i) - 1;
            int start = given.get(0).get(i);
            int step = given.get(3).get(i);
            starts.set(axis, start);
            steps.set(axis, step);
            int span = given.get(1).get(i) - start;
            shape = shape.with(axis, (span + step - Integer.signum(step)) / step);
        }
        return new Op.Slice(starts, steps, shape);
    }

    private Op pad(Line line, Shape x) {
        List<Integer> pads = integers.get(line.arguments().get(1));
        Shape shape = x;
        List<Integer> starts = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            starts.add(pads.get(axis + 1));
            shape = shape.with(axis, x.dim(axis) + pads.get(axis + 1) + pads.get(axis + x.rank() + 2));
        }
        return new Op.Embed(starts, x.dims().stream().map(d -> 1).toList(), shape, 0);
    }
}
