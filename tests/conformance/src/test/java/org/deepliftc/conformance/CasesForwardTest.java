package org.deepliftc.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.conformance.onnx.Ort;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What compiled classes predict is what ONNX Runtime computes from the same files: the trained examples among them. */
final class CasesForwardTest {
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicNode> equalsOnnxRuntime() {
        return ConformanceCase.imported().stream().map(each -> dynamicTest(each.name(), () -> compare(each)));
    }

    private static void compare(ConformanceCase of) throws Exception {
        Model model = Compiler.read(of.model());
        Map<String, Ort.Array> given = new LinkedHashMap<>();
        for (Model.InputDeclaration input : model.inputs()) {
            double[] values = of.actual(input.name());
            float[] floats = new float[values.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) values[i];
            }
            List<Integer> shape = input.shape().dims();
            long[] dims = new long[shape.size() + 1];
            dims[0] = of.examples();
            for (int axis = 1; axis < dims.length; axis++) {
                dims[axis] = shape.get(axis - 1);
            }
            given.put(input.name(), new Ort.Array(floats, dims));
        }
        Map<String, Ort.Array> expected = Ort.run(Files.readAllBytes(of.model()), given);
        CompiledModel compiled = Compiler.load(Compiler.compile(model, CompileOptions.DEFAULT));
        List<ModelDescription.Port> ports = compiled.description().outputs();
        Object[] got = ports.stream()
                .map(port -> new float[of.examples() * port.size()])
                .toArray();
        Object[] inputs = given.values().stream().map(Ort.Array::values).toArray();
        try (CompiledSession session = compiled.openSession()) {
            session.predict(new Batch(of.examples(), inputs).predictions(got), 0, of.examples());
        }
        for (int output = 0; output < got.length; output++) {
            float[] ours = (float[]) got[output];
            float[] theirs = expected.get(ports.get(output).name()).values();
            assertThat(ours).hasSameSizeAs(theirs);
            double size = 1;
            for (float value : theirs) {
                size = Math.max(size, Math.abs(value));
            }
            for (int i = 0; i < ours.length; i++) {
                assertThat(Math.abs(ours[i] - theirs[i]))
                        .as("%s[%d]", ports.get(output).name(), i)
                        .isLessThanOrEqualTo((float) (TOLERANCE * size));
            }
        }
    }
}
