package org.deepliftc.benchmarks.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepliftc.compiler.graph.Activation;
import org.deepliftc.compiler.graph.ConstantData;
import org.deepliftc.compiler.graph.Graph;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.graph.ScanBody;
import org.deepliftc.compiler.graph.Shape;
import org.deepliftc.compiler.graph.Window;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/**
 * Writes a forward graph as an ONNX model (opset 13) whose tensors have the batch as a further, first axis. Knows the
 * operators of the benchmark networks; field numbers are those of {@code onnx.proto}.
 */
final class OnnxWriter {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 13;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INT_ATTRIBUTE = 2;
    private static final int INTS_ATTRIBUTE = 7;

    private final ProtobufMessage graph = new ProtobufMessage();

    private final Map<Node, List<Node>> users;

    private OnnxWriter(Graph model) {
        users = model.users();
    }

    /** The bytes of an {@code .onnx} file. */
    static byte[] write(Graph model) {
        OnnxWriter writer = new OnnxWriter(model);
        model.nodes().forEach(writer::node);
        writer.graph.text(2, model.name());
        for (Node node : model.nodes()) {
            if (node.op() instanceof Op.Input) {
                writer.graph.message(11, valueInfo(node));
            }
        }
        model.outputs().values().forEach(node -> writer.graph.message(12, valueInfo(node)));
        return new ProtobufMessage()
                .integer(1, IR_VERSION)
                .message(7, writer.graph)
                .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET))
                .toByteArray();
    }

    /** The name of a node's value. */
    static String name(Node node) {
        return node.name() + "_" + node.id();
    }

    private void node(Node node) {
        Op op = node.op();
        if (feedsRecurrence(node)) {
            return;
        }
        if (op instanceof Op.Constant) {
            graph.message(5, tensor(name(node), node.constant()));
        } else if (op instanceof Op.Dense dense && dense.direction() == Op.Direction.FORWARD) {
            operator("Gemm", node, names(node), Map.of("transB", List.of(1)));
        } else if (op instanceof Op.Convolution convolution) {
            Map<String, List<Integer>> attributes = window(convolution.window());
            attributes.put("group", List.of(convolution.groups()));
            operator("Conv", node, names(node), attributes);
        } else if (op instanceof Op.MaxPool pool) {
            operator("MaxPool", node, names(node), window(pool.window()));
        } else if (op instanceof Op.Elementwise elementwise) {
            operator(activation(elementwise.activation()), node, names(node), Map.of());
        } else if (op instanceof Op.Binary binary
                && binary.kind() == Op.BinaryKind.ADD
                && node.inputs().stream().allMatch(x -> x.shape().equals(node.shape()))) {
            operator("Add", node, names(node), Map.of());
        } else if (op instanceof Op.Reduce reduce && reduce.kind() == Op.ReduceKind.MEAN) {
            List<Integer> axes = reduce.axes().stream().map(axis -> axis + 1).toList();
            List<Integer> keep = List.of(reduce.keepDims() ? 1 : 0);
            operator("ReduceMean", node, names(node), Map.of("axes", axes, "keepdims", keep));
        } else if (op instanceof Op.Reshape) {
            batchShape(name(node) + "_shape", node.shape());
            operator("Reshape", node, List.of(name(node.input(0)), name(node) + "_shape"), Map.of());
        } else if (op instanceof Op.Slice slice) {
            slice(node, slice);
        } else if (op instanceof Op.Scan scan) {
            lstm(node, scan);
        } else if (!(op instanceof Op.Input)) {
            throw new IllegalArgumentException("'" + node.name() + "': this writer does not know " + op);
        }
    }

    /** True for what ONNX's recurrent operators do themselves, such as the products of the sequence with weights. */
    private boolean feedsRecurrence(Node node) {
        List<Node> readers = users.get(node);
        return !readers.isEmpty()
                && !(node.op() instanceof Op.Input)
                && readers.stream().allMatch(reader -> reader.op() instanceof Op.Scan || feedsRecurrence(reader));
    }

    private void slice(Node node, Op.Slice slice) {
        List<Integer> axes = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (int axis = 0; axis < slice.starts().size(); axis++) {
            axes.add(axis + 1);
            ends.add(slice.starts().get(axis)
                    + (slice.shape().dim(axis) - 1) * slice.steps().get(axis)
                    + 1);
        }
        List<String> inputs = new ArrayList<>(List.of(name(node.input(0))));
        inputs.add(integers(name(node) + "_starts", slice.starts()));
        inputs.add(integers(name(node) + "_ends", ends));
        inputs.add(integers(name(node) + "_axes", axes));
        inputs.add(integers(name(node) + "_steps", slice.steps()));
        operator("Slice", node, inputs, Map.of());
    }

    /** An LSTM that begins with zeros, out of its steps: ONNX has gates in the order iofc, and the batch second. */
    private void lstm(Node node, Op.Scan scan) {
        ScanBody body = scan.body();
        int units = node.shape().dim(1);
        Node[] recurrent = new Node[body.scanned()];
        for (Node sum : body.graph().nodes()) {
            if (sum.op() instanceof Op.Binary
                    && sum.input(0).op() instanceof Op.Input leaf
                    && leaf.role() == Op.Role.SCANNED) {
                recurrent[leaf.index()] = sum.input(1).input(1);
            }
        }
        if (body.carried() != 2 || recurrent.length != 4 || body.reversed()) {
            throw new IllegalArgumentException("'" + node.name() + "': this writer knows LSTMs alone");
        }
        List<Node> products = node.inputs().subList(2, 6);
        Node x = products.get(0).input(0);
        List<ConstantData> input = new ArrayList<>();
        List<ConstantData> carried = new ArrayList<>();
        List<ConstantData> biases = new ArrayList<>();
        for (int gate : new int[] {0, 3, 1, 2}) {
            input.add(products.get(gate).input(1).constant());
            carried.add(recurrent[gate].constant());
            biases.add(products.get(gate).input(2).constant());
        }
        biases.add(ConstantData.real(Shape.of(4 * units), new double[4 * units]));
        String name = name(node);
        graph.message(
                5, tensor(name + "_W", stacked(Shape.of(1, 4 * units, x.shape().dim(1)), input)));
        graph.message(5, tensor(name + "_R", stacked(Shape.of(1, 4 * units, units), carried)));
        graph.message(5, tensor(name + "_B", stacked(Shape.of(1, 8 * units), biases)));
        batchShape(name + "_shape", node.shape());
        operator("Transpose", name + "_x", List.of(name(x)), Map.of("perm", List.of(1, 0, 2)));
        List<String> inputs = List.of(name + "_x", name + "_W", name + "_R", name + "_B");
        operator("LSTM", name + "_y", inputs, Map.of("hidden_size", List.of(units)));
        operator("Transpose", name + "_rows", List.of(name + "_y"), Map.of("perm", List.of(2, 0, 1, 3)));
        operator("Reshape", node, List.of(name + "_rows", name + "_shape"), Map.of());
    }

    private static ConstantData stacked(Shape shape, List<ConstantData> parts) {
        return ConstantData.real(
                shape,
                parts.stream()
                        .flatMapToDouble(part -> Arrays.stream(part.toArray()))
                        .toArray());
    }

    private static List<String> names(Node node) {
        return node.inputs().stream().map(OnnxWriter::name).toList();
    }

    private static String activation(Activation activation) {
        return switch (activation.name()) {
            case "relu" -> "Relu";
            case "prelu" -> "PRelu";
            case "sigmoid" -> "Sigmoid";
            default -> throw new IllegalArgumentException("this writer does not know " + activation.name());
        };
    }

    private static Map<String, List<Integer>> window(Window window) {
        List<Integer> pads = new ArrayList<>(window.padBefore());
        pads.addAll(window.padAfter());
        Map<String, List<Integer>> attributes = new TreeMap<>();
        attributes.put("kernel_shape", window.size());
        attributes.put("strides", window.stride());
        attributes.put("dilations", window.dilation());
        attributes.put("pads", pads);
        return attributes;
    }

    /** Adds a NodeProto; attributes are lists but for those that ONNX wants as single numbers. */
    private void operator(String type, Node node, List<String> inputs, Map<String, List<Integer>> attributes) {
        operator(type, name(node), inputs, attributes);
    }

    private void operator(String type, String output, List<String> inputs, Map<String, List<Integer>> attributes) {
        ProtobufMessage message = new ProtobufMessage();
        inputs.forEach(input -> message.text(1, input));
        message.text(2, output).text(3, output).text(4, type);
        attributes.forEach((name, values) -> message.message(5, attribute(name, values)));
        graph.message(1, message);
    }

    private static ProtobufMessage attribute(String name, List<Integer> values) {
        ProtobufMessage message = new ProtobufMessage().text(1, name);
        boolean single = List.of("transB", "group", "keepdims", "hidden_size").contains(name);
        return single
                ? message.integer(3, values.get(0)).integer(20, INT_ATTRIBUTE)
                : message.integers(8, values).integer(20, INTS_ATTRIBUTE);
    }

    private static ProtobufMessage tensor(String name, ConstantData data) {
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(4, data.size())).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < data.size(); i++) {
            raw.putFloat((float) data.at(i));
        }
        return new ProtobufMessage()
                .integers(1, data.shape().dims())
                .integer(2, FLOAT)
                .text(8, name)
                .bytes(9, raw.array());
    }

    /** A shape behind a batch axis of any extent. */
    private void batchShape(String name, Shape shape) {
        List<Integer> dims = new ArrayList<>(Collections.singletonList(-1));
        dims.addAll(shape.dims());
        integers(name, dims);
    }

    /** Adds a constant list; returns its name. */
    private String integers(String name, List<Integer> values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.size()).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(raw::putLong);
        ProtobufMessage tensor = new ProtobufMessage()
                .integer(1, values.size())
                .integer(2, INT64)
                .text(8, name)
                .bytes(9, raw.array());
        graph.message(5, tensor);
        return name;
    }

    private static ProtobufMessage valueInfo(Node node) {
        ProtobufMessage shape = new ProtobufMessage().message(1, new ProtobufMessage().text(2, "batch"));
        node.shape().dims().forEach(extent -> shape.message(1, new ProtobufMessage().integer(1, extent)));
        ProtobufMessage type = new ProtobufMessage().integer(1, FLOAT).message(2, shape);
        return new ProtobufMessage().text(1, name(node)).message(2, new ProtobufMessage().message(1, type));
    }
}
