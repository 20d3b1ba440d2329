package org.deepliftc.conformance.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.graph.GraphDigest;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.print.PrintedModel;
import org.deepliftc.data.Safetensors;

/** What must hold of every model that is printed. */
public final class RoundTrip {
    private RoundTrip() {}

    /** Prints the model in the language, reads that again, and compares the digests; answers the text. */
    public static String comesBack(Model model, Path folder) throws IOException {
        PrintedModel printed = Compiler.print(model, "printed");
        if (!printed.tensors().isEmpty()) {
            Safetensors.write(folder.resolve("printed.safetensors"), printed.tensors());
        }
        Path file = Files.writeString(folder.resolve("printed.dlift"), printed.text());
        Model back = Compiler.read(file);
        assertThat(GraphDigest.firstDifference(model.graph(), back.graph()))
                .as(printed.text())
                .isEmpty();
        assertThat(GraphDigest.of(back.graph())).isEqualTo(GraphDigest.of(model.graph()));
        return printed.text();
    }
}
