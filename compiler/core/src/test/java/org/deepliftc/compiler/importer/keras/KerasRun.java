package org.deepliftc.compiler.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.graph.Node;
import org.deepliftc.compiler.graph.Op;
import org.deepliftc.compiler.importer.ImportOptions;
import org.deepliftc.compiler.interpret.Interpreter;
import org.deepliftc.compiler.print.PrintedModel;
import org.deepliftc.data.Safetensors;

/** Imports a model, prints it and reads it back as the same graph, and runs it. */
final class KerasRun {
    private KerasRun() {}

    static double x(int i) {
        return Math.sin(1 + i * 0.7);
    }

    /** The output for the input x(0), x(1)... */
    static double[] run(Path folder, KerasModel keras) throws IOException {
        Model model =
                KerasImporter.read(keras.write(folder), ImportOptions.DEFAULT).model();
        double[] values = new double[model.inputs().get(0).shape().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x(i);
        }
        return run(folder, keras, values);
    }

    static double[] run(Path folder, KerasModel keras, double... input) throws IOException {
        Model model =
                KerasImporter.read(keras.write(folder), ImportOptions.DEFAULT).model();
        assertReadsBack(folder, model);
        Node leaf = model.graph().nodes().stream()
                .filter(node -> node.op() instanceof Op.Input)
                .findFirst()
                .orElseThrow();
        Node result = model.graph().outputs().values().iterator().next();
        return new Interpreter(Map.of((Op.Input) leaf.op(), input)).value(result);
    }

    static void assertReadsBack(Path folder, Model model) throws IOException {
        PrintedModel printed = Compiler.print(model, "printed");
        Path text = Files.writeString(folder.resolve("printed.dlift"), printed.text());
        Safetensors.write(folder.resolve("printed.safetensors"), printed.tensors());
        assertThat(GraphDigest.firstDifference(
                        model.graph(), Compiler.read(text).graph()))
                .as(printed.text())
                .isEmpty();
    }
}
