package org.deepliftc.conformance.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.ElementType;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.importer.onnx.OnnxModel;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;

/** What must hold of every imported model. */
final class ForwardCheck {
    static final int EXAMPLES = 3;
    private static final double TOLERANCE = 1e-5;

    private final OnnxModel onnx;
    private final Path folder;
    private final Map<String, Ort.Array> inputs = new LinkedHashMap<>();

    /** @param low the least value of an input */
    ForwardCheck(OnnxModel onnx, Path folder, double low, long seed) {
        this.onnx = onnx;
        this.folder = folder;
        Random random = new Random(seed);
        for (OnnxModel.Input input : onnx.inputs()) {
            int size = input.dims().stream().reduce(EXAMPLES, Math::multiplyExact);
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) (low + (2 - low) * random.nextDouble());
            }
            long[] dims = new long[input.dims().size() + 1];
            dims[0] = EXAMPLES;
            for (int axis = 1; axis < dims.length; axis++) {
                dims[axis] = input.dims().get(axis - 1);
            }
            inputs.put(input.name(), new Ort.Array(values, dims));
        }
    }

    /** Imports, and compares every output of every example with ONNX Runtime's. */
    Model forwardEquals() throws IOException, OrtException {
        byte[] bytes = onnx.bytes();
        Path file = Files.write(folder.resolve("model.onnx"), bytes);
        Map<String, Ort.Array> expected = Ort.run(bytes, inputs);
        Model model = Compiler.read(file);
        assertThat(model.graph().outputs().keySet()).containsExactlyElementsOf(expected.keySet());
        for (int example = 0; example < EXAMPLES; example++) {
            Interpreter interpreter = new Interpreter(leaves(model, example));
            for (Map.Entry<String, Node> output : model.graph().outputs().entrySet()) {
                double[] got = interpreter.value(output.getValue());
                float[] all = expected.get(output.getKey()).values();
                assertThat(got).hasSize(all.length / EXAMPLES);
                double size = 1;
                for (float value : all) {
                    size = Math.max(size, Math.abs(value));
                }
                for (int i = 0; i < got.length; i++) {
                    assertThat(Math.abs(got[i] - all[example * got.length + i]))
                            .as("%s[%d] of example %d", output.getKey(), i, example)
                            .isLessThanOrEqualTo(TOLERANCE * size);
                }
            }
        }
        return model;
    }

    /** Compiles the model to Java, runs it, and compares every output with the interpreter's. */
    void compiledEqualsInterpreted(Model model) {
        CompiledModel compiled = Compiler.load(Compiler.compile(model, CompileOptions.DEFAULT));
        List<ModelDescription.Port> ports = compiled.description().outputs();
        Object[] given = model.inputs().stream()
                .map(input -> inputs.get(input.name()).values())
                .toArray();
        Object[] got =
                ports.stream().map(port -> new float[EXAMPLES * port.size()]).toArray();
        try (CompiledSession session = compiled.openSession()) {
            session.predict(new Batch(EXAMPLES, given).predictions(got), 0, EXAMPLES);
        }
        for (int example = 0; example < EXAMPLES; example++) {
            Interpreter interpreter = new Interpreter(leaves(model, example));
            for (int i = 0; i < got.length; i++) {
                double[] expected = interpreter.value(
                        model.graph().outputs().get(ports.get(i).name()));
                double size =
                        Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(1));
                float[] all = (float[]) got[i];
                for (int k = 0; k < expected.length; k++) {
                    assertThat(Math.abs(all[example * expected.length + k] - expected[k]))
                            .as("%s[%d] of example %d, compiled", ports.get(i).name(), k, example)
                            .isLessThanOrEqualTo(TOLERANCE * size);
                }
            }
        }
    }

    private Map<Op.Input, double[]> leaves(Model model, int example) {
        Map<Op.Input, double[]> leaves = new HashMap<>();
        for (int i = 0; i < model.inputs().size(); i++) {
            Model.InputDeclaration input = model.inputs().get(i);
            int size = input.shape().size();
            float[] all = inputs.get(input.name()).values();
            float[] own = Arrays.copyOfRange(all, example * size, (example + 1) * size);
            double[] row = new double[size];
            for (int k = 0; k < size; k++) {
                row[k] = own[k];
            }
            leaves.put(new Op.Input(Op.Role.ACTUAL, i, input.shape(), ElementType.REAL), row);
        }
        return leaves;
    }
}
