package org.deepliftc.conformance.onnx;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.text;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;
import org.deepliftc.conformance.onnx.RandomOnnx.Value;

/** The larger steps of random graphs, in the forms of the graph's opset. */
final class RandomLayers {
    private final RandomOnnx graph;
    private final OnnxModel model;
    private final Random random;

    RandomLayers(RandomOnnx graph) {
        this.graph = graph;
        this.model = graph.model();
        this.random = graph.random();
    }

    private String emit(String type, List<String> from, ProtobufMessage... attributes) {
        return graph.emit(type, from, graph.next(), attributes);
    }

    /** A recurrence along the length, over channels, as exporters write it: transposed there and back. */
    Value recurrent(Value x) {
        String type = List.of("LSTM", "GRU", "RNN").get(random.nextInt(3));
        String direction = List.of("forward", "reverse", "bidirectional").get(random.nextInt(3));
        int gates = type.equals("LSTM") ? 4 : type.equals("GRU") ? 3 : 1;
        int directions = direction.equals("bidirectional") ? 2 : 1;
        int units = 1 + random.nextInt(4);
        String sequence = emit("Transpose", List.of(x.name()), ints("perm", 2, 0, 1));
        List<String> from = new ArrayList<>(List.of(
                sequence,
                graph.weight(directions, gates * units, x.channels()),
                graph.weight(directions, gates * units, units)));
        if (random.nextBoolean()) {
            from.add(graph.weight(directions, 2 * gates * units));
        }
        String all = emit(type, from, whole("hidden_size", units), text("direction", direction));
        String moved = emit("Transpose", List.of(all), ints("perm", 2, 1, 3, 0));
        return reshaped(moved, directions * units, x.length());
    }

    private Value reshaped(String x, int channels, int length) {
        String to = graph.next();
        model.integers(to + ".shape", random.nextBoolean() ? -1 : 0, channels, length);
        return new Value(graph.emit("Reshape", List.of(x, to + ".shape"), to), channels, length);
    }

    /** Self-attention over the length, with one head. */
    Value attended(Value x) {
        String rows = emit("Transpose", List.of(x.name()), ints("perm", 0, 2, 1));
        int width = 1 + random.nextInt(4);
        String query = emit("MatMul", List.of(rows, graph.weight(x.channels(), width)));
        String key = emit("MatMul", List.of(rows, graph.weight(x.channels(), width)));
        String value = emit("MatMul", List.of(rows, graph.weight(x.channels(), width)));
        String root = graph.next() + ".root";
        model.reals(root, new float[] {(float) Math.sqrt(width)});
        String scores = emit("MatMul", List.of(query, emit("Transpose", List.of(key), ints("perm", 0, 2, 1))));
        int last = graph.opset() < 13 ? 2 : -1;
        String weights = emit("Softmax", List.of(emit("Div", List.of(scores, root))), whole("axis", last));
        String mixed = emit("MatMul", List.of(weights, value));
        return new Value(emit("Transpose", List.of(mixed), ints("perm", 0, 2, 1)), width, x.length());
    }

    /** Layer normalisation as one operator or spelled out, or instance normalisation. */
    Value normalised(Value x) {
        int form = random.nextInt(3);
        if (form == 0 && graph.opset() >= 17) {
            List<String> from = List.of(x.name(), graph.weight(x.length()), graph.weight(x.length()));
            return like(x, emit("LayerNormalization", from, whole("axis", random.nextBoolean() ? -1 : 2)));
        }
        if (form == 1) {
            List<String> from = List.of(x.name(), graph.weight(x.channels()), graph.weight(x.channels()));
            return like(x, emit("InstanceNormalization", from, real("epsilon", 0.01)));
        }
        String shift = graph.next() + ".eps";
        model.reals(shift, new float[] {0.1f}).reals(shift + ".two", new float[] {2});
        String centred = emit("Sub", List.of(x.name(), reduce("ReduceMean", x.name(), -1, true)));
        String square = emit("Pow", List.of(centred, shift + ".two"));
        String variance = emit("Add", List.of(reduce("ReduceMean", square, 2, true), shift));
        return like(x, emit("Div", List.of(centred, emit("Sqrt", List.of(variance)))));
    }

    private static Value like(Value x, String name) {
        return new Value(name, x.channels(), x.length());
    }

    /** A reduction whose axes are an attribute, or an input in newer opsets. */
    private String reduce(String type, String x, int axis, boolean keep) {
        int since = type.equals("ReduceSum") ? 13 : 18;
        int written = graph.opset() < 11 && axis < 0 ? axis + 3 : axis;
        if (graph.opset() < since) {
            return emit(type, List.of(x), ints("axes", written), whole("keepdims", keep ? 1 : 0));
        }
        String axes = graph.next() + ".axes";
        model.integers(axes, written);
        return emit(type, List.of(x, axes), whole("keepdims", keep ? 1 : 0));
    }

    /** Twice or one and a half times as long, by neighbours or linearly. */
    Value resized(Value x) {
        if (graph.opset() < 11) {
            return like(x, emit("Tanh", List.of(x.name())));
        }
        String at = graph.next();
        boolean linear = random.nextBoolean();
        int length = 2 * x.length();
        model.reals(at + ".scales", new float[] {1, 1, 2}, 3).reals(at + ".roi", new float[0], 0);
        String how = linear && random.nextBoolean() ? "align_corners" : linear ? "half_pixel" : "asymmetric";
        graph.emit(
                "Resize",
                List.of(x.name(), at + ".roi", at + ".scales"),
                at,
                text("mode", linear ? "linear" : "nearest"),
                text("coordinate_transformation_mode", how),
                text("nearest_mode", "floor"));
        String name = length <= 24 ? at : emit("MaxPool", List.of(at), ints("kernel_shape", 2), ints("strides", 2));
        return new Value(name, x.channels(), length <= 24 ? length : x.length());
    }

    /** What is reduced to one along an axis stands beside what it was. */
    Value reduced(Value x) {
        String type = List.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceLogSumExp")
                .get(random.nextInt(6));
        String small = emit("Tanh", List.of(x.name()));
        String one = reduce(type, small, random.nextBoolean() ? -1 : 1, true);
        return like(x, emit("Sub", List.of(x.name(), one)));
    }

    /** Channels in another order, or split in two and one half added to the other. */
    Value taken(Value x) {
        if (x.channels() % 2 == 1 || random.nextBoolean()) {
            String order = graph.next() + ".order";
            model.integers(order, x.channels() - 1, 0, x.channels() / 2);
            return new Value(emit("Gather", List.of(x.name(), order), whole("axis", 1)), 3, x.length());
        }
        String first = graph.next();
        String second = graph.next();
        int half = x.channels() / 2;
        List<String> from = List.of(x.name());
        if (graph.opset() < 13) {
            model.node("Split", from, List.of(first, second), whole("axis", 1), ints("split", half, half));
        } else {
            model.integers(first + ".sizes", half, half)
                    .node("Split", List.of(x.name(), first + ".sizes"), List.of(first, second), whole("axis", 1));
        }
        return new Value(emit("Add", List.of(first, second)), half, x.length());
    }
}
