package org.deepliftc.compiler.importer.onnx.file;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepliftc.compiler.importer.protobuf.WireFormatException;
import org.deepliftc.compiler.importer.protobuf.WireReader;

/** The messages of an ONNX file to records. */
public final class OnnxReader {
    private static final String REMEDY = "copy or export the model again";

    private final TensorReader tensors;

    private OnnxReader(ExternalFiles external) {
        this.tensors = new TensorReader(external);
    }

    /**
     * Reads a model.
     *
     * @param external finds the files that tensors lie in
     * @throws OnnxFileException where the bytes are no model
     */
    public static OnnxGraph read(ByteBuffer bytes, ExternalFiles external) {
        try {
            return new OnnxReader(external).model(WireReader.of(bytes));
        } catch (WireFormatException e) {
            throw new OnnxFileException("this is no whole ONNX file: " + e.getMessage(), REMEDY);
        }
    }

    /** Reads one tensor that fills a file, as test suites of ONNX store inputs. */
    public static Tensor readTensor(ByteBuffer bytes) {
        try {
            return new OnnxReader(ExternalFiles.NONE)
                    .tensors
                    .tensor(WireReader.of(bytes))
                    .tensor();
        } catch (WireFormatException e) {
            throw new OnnxFileException("this is no tensor: " + e.getMessage(), REMEDY);
        }
    }

    private OnnxGraph model(WireReader model) {
        Map<String, Long> opsets = new HashMap<>();
        Optional<WireReader> graph = Optional.empty();
        while (model.next()) {
            switch (model.field()) {
                case 7 -> graph = Optional.of(model.message());
                case 8 -> opset(model.message(), opsets);
                default -> model.skip();
            }
        }
        return graph(graph.orElseThrow(() -> new OnnxFileException("there is no graph in this file", REMEDY)), opsets);
    }

    private static void opset(WireReader message, Map<String, Long> opsets) {
        String domain = "";
        long version = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> domain = message.text();
                case 2 -> version = message.integer();
                default -> message.skip();
            }
        }
        opsets.put(domain(domain), version);
    }

    private static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }

    private OnnxGraph graph(WireReader graph, Map<String, Long> opsets) {
        List<OnnxNode> nodes = new ArrayList<>();
        Map<String, StoredTensor> initializers = new LinkedHashMap<>();
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> nodes.add(node(graph.message()));
                case 5 -> {
                    StoredTensor tensor = tensors.tensor(graph.message());
                    initializers.put(tensor.name(), tensor);
                }
                case 11 -> inputs.add(value(graph.message()));
                case 12 -> outputs.add(value(graph.message()));
                case 15 ->
                    throw new OnnxFileException(
                            "this file holds a sparse tensor", "export the model with dense weights");
                default -> graph.skip();
            }
        }
        return new OnnxGraph(opsets, nodes, initializers, inputs, outputs);
    }

    private OnnxNode node(WireReader message) {
        String name = "";
        String type = "";
        String domain = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, OnnxAttribute> attributes = new HashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> inputs.add(message.text());
                case 2 -> outputs.add(message.text());
                case 3 -> name = message.text();
                case 4 -> type = message.text();
                case 5 -> {
                    OnnxAttribute attribute = attribute(message.message());
                    attributes.put(attribute.name(), attribute);
                }
                case 7 -> domain = domain(message.text());
                default -> message.skip();
            }
        }
        return new OnnxNode(name, domain, type, inputs, outputs, attributes);
    }

    private OnnxAttribute attribute(WireReader message) {
        String name = "";
        Optional<Double> real = Optional.empty();
        Optional<Long> integer = Optional.empty();
        Optional<String> text = Optional.empty();
        Optional<StoredTensor> tensor = Optional.empty();
        List<Double> reals = new ArrayList<>();
        List<Long> integers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean hasGraph = false;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> real = Optional.of((double) message.real());
                case 3 -> integer = Optional.of(message.integer());
                case 4 -> text = Optional.of(message.text());
                case 5 -> tensor = Optional.of(tensors.tensor(message.message()));
                case 7 -> message.floats(reals::add);
                case 8 -> message.integers(integers::add);
                case 9 -> texts.add(message.text());
                case 6, 11 -> {
                    hasGraph = true;
                    message.skip();
                }
                default -> message.skip();
            }
        }
        return new OnnxAttribute(name, real, integer, text, tensor, reals, integers, texts, hasGraph);
    }

    private static OnnxValue value(WireReader message) {
        String name = "";
        long elementType = 0;
        Optional<List<OnnxValue.Dim>> dims = Optional.empty();
        while (message.next()) {
            switch (message.field()) {
                case 1 -> name = message.text();
                case 2 -> {
                    WireReader type = message.message();
                    while (type.next()) {
                        if (type.field() != 1) {
                            type.skip();
                            continue;
                        }
                        WireReader tensor = type.message();
                        while (tensor.next()) {
                            switch (tensor.field()) {
                                case 1 -> elementType = tensor.integer();
                                case 2 -> dims = Optional.of(dims(tensor.message()));
                                default -> tensor.skip();
                            }
                        }
                    }
                }
                default -> message.skip();
            }
        }
        return new OnnxValue(name, elementType, dims);
    }

    private static List<OnnxValue.Dim> dims(WireReader shape) {
        List<OnnxValue.Dim> dims = new ArrayList<>();
        while (shape.next()) {
            if (shape.field() != 1) {
                shape.skip();
                continue;
            }
            WireReader dim = shape.message();
            Optional<Integer> extent = Optional.empty();
            String name = "";
            while (dim.next()) {
                switch (dim.field()) {
                    case 1 -> {
                        long value = dim.integer();
                        // older exporters write 0 or -1 for an extent that is free
                        extent = value > 0 && value <= Integer.MAX_VALUE ? Optional.of((int) value) : Optional.empty();
                    }
                    case 2 -> name = dim.text();
                    default -> dim.skip();
                }
            }
            dims.add(new OnnxValue.Dim(extent, name));
        }
        return dims;
    }
}
