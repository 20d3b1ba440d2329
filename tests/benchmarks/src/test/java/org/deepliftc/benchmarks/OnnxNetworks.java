package org.deepliftc.benchmarks;

import static org.deepliftc.compiler.importer.onnx.OnnxModel.ints;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.real;
import static org.deepliftc.compiler.importer.onnx.OnnxModel.whole;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;
import org.deepliftc.data.DataArray;
import org.deepliftc.examples.SeededLayer;

/** Networks that are measured as files of ONNX, laid out as exporters write them, with seeded weights. */
final class OnnxNetworks {
    private static final int OPSET = 20;
    private static final int TOKENS = 64;
    private static final int WIDTH = 128;
    private static final int HEADS = 4;

    private final OnnxModel model = new OnnxModel(OPSET, 1);
    private int count;

    private OnnxNetworks() {}

    /** ResNet-50 (arXiv 1512.03385, strides in the 3 x 3 convolutions) for images 3 x 224 x 224 and 1000 classes. */
    static OnnxModel resNet50() {
        return new OnnxNetworks().resNet(new int[] {3, 4, 6, 3});
    }

    /** Two encoder layers (arXiv 1706.03762, normalised behind, GELU) over 64 tokens of width 128, their mean, 10 classes. */
    static OnnxModel transformer() {
        return new OnnxNetworks().encoder(2);
    }

    private String emit(String type, List<String> from, ProtobufMessage... attributes) {
        String name = "/t" + count++;
        model.node(type, from, List.of(name), attributes);
        return name;
    }

    /** The weight and the bias of a layer. */
    private List<String> parameters(SeededLayer layer) {
        Map<String, DataArray> tensors = new LinkedHashMap<>();
        layer.addTo(tensors);
        List<String> names = new ArrayList<>();
        tensors.forEach((name, array) -> {
            model.reals(name, array.toFloats(), array.shape());
            names.add(name);
        });
        return names;
    }

    private OnnxModel resNet(int[] blocks) {
        model.input("image", 3, 224, 224);
        String x = emit("Relu", List.of(convolution("stem", "image", 3, 64, 7, 2, 1)));
        x = emit("MaxPool", List.of(x), ints("kernel_shape", 3, 3), ints("strides", 2, 2), ints("pads", 1, 1, 1, 1));
        int channels = 64;
        for (int stage = 0; stage < blocks.length; stage++) {
            int width = 64 << stage;
            for (int block = 0; block < blocks[stage]; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                x = bottleneck("layer" + (stage + 1) + "." + block, x, channels, width, stride);
                channels = 4 * width;
            }
        }
        String flat = emit("Flatten", List.of(emit("GlobalAveragePool", List.of(x))));
        List<String> from = new ArrayList<>(List.of(flat));
        from.addAll(parameters(new SeededLayer("fc", 0.7, 1000, channels)));
        model.node("Gemm", from, List.of("classes"), whole("transB", 1));
        return model.output("classes");
    }

    private String bottleneck(String name, String x, int channels, int width, int stride) {
        String reduced = emit("Relu", List.of(convolution(name + ".conv1", x, channels, width, 1, 1, 1)));
        String mixed = emit("Relu", List.of(convolution(name + ".conv2", reduced, width, width, 3, stride, 1)));
        // Half the scale: each of these adds to what the block reads.
        String back = convolution(name + ".conv3", mixed, width, 4 * width, 1, 1, 0.5);
        boolean projects = channels != 4 * width;
        String skipped = projects ? convolution(name + ".downsample", x, channels, 4 * width, 1, stride, 1) : x;
        return emit("Relu", List.of(emit("Add", List.of(back, skipped))));
    }

    /** A convolution without a bias, then batch normalisation. */
    private String convolution(String name, String x, int from, int to, int size, int stride, double scale) {
        int pad = size / 2;
        List<String> parameters = parameters(SeededLayer.he(name, to, from, size, size));
        String sum = emit(
                "Conv",
                List.of(x, parameters.get(0)),
                ints("kernel_shape", size, size),
                ints("strides", stride, stride),
                ints("pads", pad, pad, pad, pad));
        model.weight(name + ".scale", 0.8 * scale, 1.2 * scale, to)
                .weight(name + ".mean", -0.1, 0.1, to)
                .weight(name + ".var", 0.8, 1.2, to);
        return emit(
                "BatchNormalization",
                List.of(sum, name + ".scale", parameters.get(1), name + ".mean", name + ".var"),
                real("epsilon", 1e-5));
    }

    private OnnxModel encoder(int layers) {
        model.input("tokens", TOKENS, WIDTH)
                .integers("heads", 0, TOKENS, HEADS, WIDTH / HEADS)
                .integers("joined", 0, TOKENS, WIDTH)
                .integers("axis", 1)
                .reals("root", new float[] {(float) Math.sqrt((double) WIDTH / HEADS)});
        String x = "tokens";
        for (int i = 0; i < layers; i++) {
            String attended = emit("Add", List.of(x, attention("layer" + i, x)));
            String normal = normalised("layer" + i + ".norm1", attended);
            String hidden = emit("Gelu", List.of(linear("layer" + i + ".fc1", normal, WIDTH, 4 * WIDTH)));
            String fed = emit("Add", List.of(normal, linear("layer" + i + ".fc2", hidden, 4 * WIDTH, WIDTH)));
            x = normalised("layer" + i + ".norm2", fed);
        }
        String mean = emit("ReduceMean", List.of(x, "axis"), whole("keepdims", 0));
        List<String> out = parameters(new SeededLayer("out", 0.7, 10, WIDTH));
        model.node("Gemm", List.of(mean, out.get(0), out.get(1)), List.of("classes"), whole("transB", 1));
        return model.output("classes");
    }

    private String attention(String name, String x) {
        String query = heads(linear(name + ".q", x, WIDTH, WIDTH), 0, 2, 1, 3);
        String key = heads(linear(name + ".k", x, WIDTH, WIDTH), 0, 2, 3, 1);
        String value = heads(linear(name + ".v", x, WIDTH, WIDTH), 0, 2, 1, 3);
        String scores = emit("Div", List.of(emit("MatMul", List.of(query, key)), "root"));
        String weights = emit("Softmax", List.of(scores), whole("axis", -1));
        String mixed = emit("MatMul", List.of(weights, value));
        String together = emit("Transpose", List.of(mixed), ints("perm", 0, 2, 1, 3));
        return linear(name + ".o", emit("Reshape", List.of(together, "joined")), WIDTH, WIDTH);
    }

    private String heads(String x, long... order) {
        return emit("Transpose", List.of(emit("Reshape", List.of(x, "heads"))), ints("perm", order));
    }

    private String linear(String name, String x, int from, int to) {
        // he's gain for inputs of both signs is 1 / sqrt(2)
        List<String> parameters = parameters(new SeededLayer(name, Math.sqrt(0.5), to, from));
        String weight = emit("Transpose", List.of(parameters.get(0)), ints("perm", 1, 0));
        return emit("Add", List.of(emit("MatMul", List.of(x, weight)), parameters.get(1)));
    }

    private String normalised(String name, String x) {
        model.weight(name + ".scale", 0.8, 1.2, WIDTH).weight(name + ".shift", -0.1, 0.1, WIDTH);
        return emit("LayerNormalization", List.of(x, name + ".scale", name + ".shift"), whole("axis", -1));
    }
}
