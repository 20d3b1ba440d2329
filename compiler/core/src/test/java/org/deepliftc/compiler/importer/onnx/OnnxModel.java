package org.deepliftc.compiler.importer.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deepliftc.compiler.importer.protobuf.ProtobufMessage;

/** Puts an ONNX file together for a test; field numbers are those of {@code onnx.proto}. */
public final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final ProtobufMessage graph = new ProtobufMessage().text(2, "test");
    private final List<Input> inputs = new ArrayList<>();
    private final Random random;
    private final int opset;

    /** An input with the extents of one example. */
    public record Input(String name, List<Integer> dims) {}

    public OnnxModel(int opset, long seed) {
        this.opset = opset;
        this.random = new Random(seed);
    }

    public List<Input> inputs() {
        return inputs;
    }

    /** An input {@code [N, dims...]}. */
    public OnnxModel input(String name, int... dims) {
        List<Integer> extents = Arrays.stream(dims).boxed().toList();
        inputs.add(new Input(name, extents));
        List<Object> written = new ArrayList<>(List.of("N"));
        written.addAll(extents);
        return declared(name, FLOAT, written);
    }

    /** An input {@code [examples, dims...]}, the number of examples fixed. */
    public OnnxModel fixed(String name, int examples, int... dims) {
        List<Integer> extents = Arrays.stream(dims).boxed().toList();
        inputs.add(new Input(name, extents));
        List<Object> written = new ArrayList<>(List.of(examples));
        written.addAll(extents);
        return declared(name, FLOAT, written);
    }

    /** An input with extents as given: numbers, or names. */
    public OnnxModel declared(String name, int elementType, List<Object> dims) {
        graph.message(11, valueInfo(name, elementType, dims));
        return this;
    }

    public OnnxModel output(String name) {
        graph.message(12, valueInfo(name, FLOAT, null));
        return this;
    }

    /** An output of whole numbers, such as a label. */
    public OnnxModel integerOutput(String name) {
        graph.message(12, valueInfo(name, INT64, null));
        return this;
    }

    private static ProtobufMessage valueInfo(String name, int elementType, List<Object> dims) {
        ProtobufMessage tensor = new ProtobufMessage().integer(1, elementType);
        if (dims != null) {
            ProtobufMessage shape = new ProtobufMessage();
            for (Object dim : dims) {
                shape.message(
                        1,
                        dim instanceof Integer
                                ? new ProtobufMessage().integer(1, (Integer) dim)
                                : new ProtobufMessage().text(2, (String) dim));
            }
            tensor.message(2, shape);
        }
        return new ProtobufMessage().text(1, name).message(2, new ProtobufMessage().message(1, tensor));
    }

    /** A constant of random numbers between -1 and 1. */
    public OnnxModel weight(String name, int... dims) {
        return weight(name, -1, 1, dims);
    }

    public OnnxModel weight(String name, double low, double high, int... dims) {
        int size = Arrays.stream(dims).reduce(1, Math::multiplyExact);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (low + (high - low) * random.nextDouble());
        }
        return reals(name, values, dims);
    }

    public OnnxModel reals(String name, float[] values, int... dims) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return initializer(new ProtobufMessage()
                .integers(1, Arrays.stream(dims).boxed().toList())
                .integer(2, FLOAT)
                .text(8, name)
                .bytes(9, raw.array()));
    }

    /** A list of integers. */
    public OnnxModel integers(String name, long... values) {
        return initializer(integerTensor(name, List.of(values.length), values));
    }

    public OnnxModel integer(String name, long value) {
        return initializer(integerTensor(name, List.of(), value));
    }

    private static ProtobufMessage integerTensor(String name, List<Integer> dims, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return new ProtobufMessage()
                .integers(1, dims)
                .integer(2, INT64)
                .text(8, name)
                .bytes(9, raw.array());
    }

    public OnnxModel initializer(ProtobufMessage tensor) {
        graph.message(5, tensor);
        return this;
    }

    /** A node; the empty name stands for an input left out. */
    public OnnxModel node(String type, List<String> from, List<String> to, ProtobufMessage... attributes) {
        return node("", type, from, to, attributes);
    }

    public OnnxModel node(
            String domain, String type, List<String> from, List<String> to, ProtobufMessage... attributes) {
        ProtobufMessage message = new ProtobufMessage();
        from.forEach(name -> message.text(1, name));
        to.forEach(name -> message.text(2, name));
        message.text(3, "node_" + to.get(0)).text(4, type);
        for (ProtobufMessage attribute : attributes) {
            message.message(5, attribute);
        }
        graph.message(1, domain.isEmpty() ? message : message.text(7, domain));
        return this;
    }

    public static ProtobufMessage ints(String name, long... values) {
        return new ProtobufMessage()
                .text(1, name)
                .integers(8, Arrays.stream(values).boxed().toList())
                .integer(20, 7);
    }

    public static ProtobufMessage whole(String name, long value) {
        return new ProtobufMessage().text(1, name).integer(3, value).integer(20, 2);
    }

    public static ProtobufMessage real(String name, double value) {
        return new ProtobufMessage().text(1, name).real(2, (float) value).integer(20, 1);
    }

    public static ProtobufMessage reals(String name, double... values) {
        ProtobufMessage attribute = new ProtobufMessage().text(1, name);
        for (double value : values) {
            attribute.real(7, (float) value);
        }
        return attribute.integer(20, 6);
    }

    public static ProtobufMessage text(String name, String value) {
        return new ProtobufMessage().text(1, name).text(4, value).integer(20, 3);
    }

    public static ProtobufMessage texts(String name, String... values) {
        ProtobufMessage attribute = new ProtobufMessage().text(1, name);
        for (String value : values) {
            attribute.text(9, value);
        }
        return attribute.integer(20, 8);
    }

    public static ProtobufMessage tensor(String name, float value) {
        ProtobufMessage tensor =
                new ProtobufMessage().integers(1, List.of(1)).integer(2, FLOAT).real(4, value);
        return new ProtobufMessage().text(1, name).message(5, tensor).integer(20, 4);
    }

    public byte[] bytes() {
        return new ProtobufMessage()
                .integer(1, IR_VERSION)
                .message(7, graph)
                .message(8, new ProtobufMessage().text(1, "").integer(2, opset))
                .message(8, new ProtobufMessage().text(1, "ai.onnx.ml").integer(2, 3))
                .toByteArray();
    }

    public Path write(Path file) {
        try {
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
