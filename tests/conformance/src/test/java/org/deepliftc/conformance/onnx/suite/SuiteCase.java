package org.deepliftc.conformance.onnx.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deepliftc.compiler.importer.onnx.file.ElementKind;
import org.deepliftc.compiler.importer.onnx.file.ExternalFiles;
import org.deepliftc.compiler.importer.onnx.file.OnnxGraph;
import org.deepliftc.compiler.importer.onnx.file.OnnxReader;
import org.deepliftc.compiler.importer.onnx.file.OnnxValue;
import org.deepliftc.compiler.importer.onnx.file.Tensor;

/**
 * A model of the suite.
 *
 * @param group the folder it lies in
 * @param folder of the data sets; of a light model, which has none, the model's file again
 */
record SuiteCase(String group, String name, Path model, Path folder) {
    static final List<String> GROUPS = List.of("simple", "pytorch-converted", "pytorch-operator", "node", "light");

    /** What goes in and what must come out, in the order of the file. */
    record DataSet(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {}

    @Override
    public String toString() {
        return group + "/" + name;
    }

    /** Every case below {@code onnx/backend/test/data}, group by group; groups that are not there are left out. */
    static List<SuiteCase> all(Path data) throws IOException {
        List<SuiteCase> cases = new ArrayList<>();
        for (String group : GROUPS) {
            if (Files.isDirectory(data.resolve(group))) {
                for (Path each : listed(data.resolve(group), "")) {
                    String name = each.getFileName().toString();
                    if (Files.isRegularFile(each.resolve("model.onnx"))) {
                        cases.add(new SuiteCase(group, name, each.resolve("model.onnx"), each));
                    } else if (name.endsWith(".onnx")) {
                        cases.add(new SuiteCase(group, name.replace(".onnx", ""), each, each));
                    }
                }
            }
        }
        return cases;
    }

    private static List<Path> listed(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** The data sets that are stored with the model, or the one that the suite's own runner makes up. */
    List<DataSet> dataSets() throws IOException {
        OnnxGraph graph = OnnxReader.read(bytes(model), ExternalFiles.of(model));
        if (folder.equals(model)) {
            return List.of(madeUp(graph));
        }
        List<DataSet> sets = new ArrayList<>();
        for (Path set : listed(folder, "test_data_set_")) {
            sets.add(new DataSet(stored(set, "input_", graph.inputs()), stored(set, "output_", graph.outputs())));
        }
        return sets;
    }

    private static Map<String, Tensor> stored(Path set, String prefix, List<OnnxValue> values) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < values.size() && Files.exists(set.resolve(prefix + i + ".pb")); i++) {
            tensors.put(values.get(i).name(), OnnxReader.readTensor(bytes(set.resolve(prefix + i + ".pb"))));
        }
        return tensors;
    }

    /** Inputs of rising numbers from 0 to below 1, outputs from the file beside a light model. */
    private DataSet madeUp(OnnxGraph graph) throws IOException {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (OnnxValue input : graph.inputs()) {
            if (!graph.initializers().containsKey(input.name())) {
                List<Integer> dims = input.dims().orElse(List.of()).stream()
                        .map(dim -> dim.extent().orElse(1))
                        .toList();
                double[] values = new double[dims.stream().reduce(1, Math::multiplyExact)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) ((double) i / values.length);
                }
                inputs.put(input.name(), new Tensor(dims, ElementKind.FLOAT, values));
            }
        }
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            Path file = model.resolveSibling(name + "_output_" + i + ".pb");
            outputs.put(graph.outputs().get(i).name(), OnnxReader.readTensor(bytes(file)));
        }
        return new DataSet(inputs, outputs);
    }

    private static ByteBuffer bytes(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file));
    }
}
