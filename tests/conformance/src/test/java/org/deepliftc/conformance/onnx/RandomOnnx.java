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

/** Makes a graph of a dozen operators over tensors {@code [N, channels, length]}, which now and then join again. */
final class RandomOnnx {
    private static final int STEPS = 12;
    private static final String[] ACTIVATIONS = {
        "Relu", "Sigmoid", "Tanh", "Elu", "Softplus", "Softsign", "LeakyRelu", "HardSigmoid", "Abs", "Selu", "Erf"
    };

    private static final String[] MODES = {"constant", "reflect", "edge"};

    private final Random random;
    private final int opset;
    private final OnnxModel model;
    private final List<Value> values = new ArrayList<>();
    private int count;

    /** A tensor {@code [N, channels, length]}. */
    record Value(String name, int channels, int length) {}

    private RandomOnnx(long seed) {
        this.random = new Random(seed);
        this.opset = random.nextInt(3) == 0 ? 9 + random.nextInt(9) : 17 + random.nextInt(5);
        this.model = new OnnxModel(opset, seed);
    }

    static OnnxModel graph(long seed) {
        return new RandomOnnx(seed).build();
    }

    private OnnxModel build() {
        Value x = new Value("x", 2 + random.nextInt(4), 8 + random.nextInt(8));
        model.input("x", x.channels(), x.length());
        values.add(x);
        for (int i = 0; i < STEPS; i++) {
            values.add(step(values.get(random.nextInt(3) == 0 ? random.nextInt(values.size()) : values.size() - 1)));
        }
        Value last = values.get(values.size() - 1);
        emit("Flatten", List.of(last.name()), "flat");
        String weight = weight(last.channels() * last.length(), 3);
        emit("Gemm", List.of("flat", weight, weight(3)), "y");
        return model.output("y");
    }

    private Value step(Value x) {
        return switch (random.nextInt(20)) {
            case 0, 1 -> convolution(x);
            case 2 -> pool(x, "MaxPool");
            case 3 -> pool(x, "AveragePool");
            case 4 -> same(x, "Transpose", ints("perm", 0, 2, 1));
            case 5 -> joined(x);
            case 6 -> gated(x);
            case 7 ->
                same(x, "Softmax", whole("axis", opset < 13 || random.nextBoolean() ? 2 : -1 - random.nextInt(2)));
            case 8 -> normalised(x);
            case 9 -> dense(x);
            case 10 -> sliced(x);
            case 11 -> padded(x);
            case 12 -> new RandomLayers(this).recurrent(x);
            case 13 -> new RandomLayers(this).attended(x);
            case 14 -> new RandomLayers(this).normalised(x);
            case 15 -> new RandomLayers(this).resized(x);
            case 16 -> new RandomLayers(this).reduced(x);
            case 17 -> new RandomLayers(this).taken(x);
            default -> same(x, ACTIVATIONS[random.nextInt(ACTIVATIONS.length)]);
        };
    }

    String emit(String type, List<String> from, String to, ProtobufMessage... attributes) {
        model.node(type, from, List.of(to), attributes);
        return to;
    }

    String next() {
        return "/block/t" + count++;
    }

    String weight(int... dims) {
        String name = next() + ".w";
        model.weight(name, dims);
        return name;
    }

    private Value same(Value x, String type, ProtobufMessage... attributes) {
        String name = emit(type, List.of(x.name()), next(), attributes);
        return type.equals("Transpose")
                ? new Value(name, x.length(), x.channels())
                : new Value(name, x.channels(), x.length());
    }

    private Value convolution(Value x) {
        int filters = 1 + random.nextInt(5);
        int width = 1 + random.nextInt(Math.min(4, x.length()));
        int stride = 1 + random.nextInt(2);
        String weight = weight(filters, x.channels(), width);
        String auto = random.nextBoolean() ? "SAME_UPPER" : "VALID";
        String name = emit(
                "Conv",
                List.of(x.name(), weight, weight(filters)),
                next(),
                text("auto_pad", auto),
                ints("strides", stride));
        int length = auto.equals("VALID") ? (x.length() - width) / stride + 1 : (x.length() + stride - 1) / stride;
        return new Value(name, filters, length);
    }

    private Value pool(Value x, String type) {
        int width = Math.min(x.length(), 2 + random.nextInt(2));
        int stride = 1 + random.nextInt(2);
        String name = emit(type, List.of(x.name()), next(), ints("kernel_shape", width), ints("strides", stride));
        return new Value(name, x.channels(), (x.length() - width) / stride + 1);
    }

    private Value joined(Value x) {
        for (Value other : values) {
            if (other.length() == x.length()) {
                String name = emit("Concat", List.of(x.name(), other.name()), next(), whole("axis", 1));
                return new Value(name, x.channels() + other.channels(), x.length());
            }
        }
        return same(x, "Relu");
    }

    /** A sum, difference or product with what has the same shape, at least with itself. */
    private Value gated(Value x) {
        Value other = values.stream()
                .filter(v -> v.channels() == x.channels() && v.length() == x.length())
                .findFirst()
                .orElse(x);
        String type = List.of("Add", "Sub", "Mul").get(random.nextInt(3));
        String squashed = emit("Tanh", List.of(x.name()), next());
        return new Value(emit(type, List.of(squashed, other.name()), next()), x.channels(), x.length());
    }

    private Value normalised(Value x) {
        String variance = next() + ".v";
        model.weight(variance, 0.5, 2, x.channels());
        List<String> from =
                List.of(x.name(), weight(x.channels()), weight(x.channels()), weight(x.channels()), variance);
        return new Value(emit("BatchNormalization", from, next()), x.channels(), x.length());
    }

    private Value dense(Value x) {
        int units = 1 + random.nextInt(6);
        String product = emit("MatMul", List.of(x.name(), weight(x.length(), units)), next());
        return new Value(emit("Add", List.of(product, weight(units)), next()), x.channels(), units);
    }

    private Value sliced(Value x) {
        if (x.length() < 4) {
            return same(x, "Sigmoid");
        }
        String at = next();
        int step = opset < 10 || random.nextBoolean() ? 1 : -1;
        if (opset < 10) {
            emit("Slice", List.of(x.name()), at, ints("starts", 1), ints("ends", -1), ints("axes", 2));
            return new Value(at, x.channels(), x.length() - 2);
        }
        model.integers(at + ".s", step < 0 ? -2 : 1)
                .integers(at + ".e", step < 0 ? 0 : x.length() - 1)
                .integers(at + ".a", random.nextBoolean() ? 2 : -1)
                .integers(at + ".t", step);
        emit("Slice", List.of(x.name(), at + ".s", at + ".e", at + ".a", at + ".t"), at);
        return new Value(at, x.channels(), x.length() - 2);
    }

    private Value padded(Value x) {
        String at = next();
        String clipped = emit("LeakyRelu", List.of(x.name()), next(), real("alpha", 0.2));
        String mode = x.length() < 4 ? "constant" : MODES[random.nextInt(MODES.length)];
        if (opset < 11) {
            emit("Pad", List.of(clipped), at, ints("pads", 0, 0, 1, 0, 0, 2), text("mode", mode));
        } else {
            model.integers(at + ".p", 0, 0, 1, 0, 0, 2);
            emit("Pad", List.of(clipped, at + ".p"), at, text("mode", mode));
        }
        return new Value(at, x.channels(), x.length() + 3);
    }

    Random random() {
        return random;
    }

    OnnxModel model() {
        return model;
    }

    int opset() {
        return opset;
    }
}
