package org.deepliftc.compiler.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions.Precision;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.runtime.Batch;
import org.deepliftc.runtime.CompiledModel;
import org.deepliftc.runtime.CompiledSession;
import org.deepliftc.runtime.ModelDescription;

/** What a model of one input, written as text, explains of one example against one reference, in double precision. */
record ExplainedText(
        double[] output, double[] referenceOutput, double[] contributions, List<double[]> layers, double[] delta) {

    static Model model(Path folder, String text) throws IOException {
        return Compiler.read(Files.writeString(folder.resolve("model.dlift"), text));
    }

    static ExplainedText of(Model model, ExplainOptions.Builder asked, double[] x, double[] reference) {
        return of(model, asked, x, 1, reference);
    }

    /** Against {@code count} references, one behind the other. */
    static ExplainedText of(Model model, ExplainOptions.Builder asked, double[] x, int count, double[] references) {
        ExplainOptions options =
                asked.references(Map.of("*", new Reference.Given())).build();
        CompiledModel compiled = Compiler.load(Compiler.compile(
                model, CompileOptions.DEFAULT.withExplain(options).withPrecision(Precision.DOUBLE)));
        ModelDescription description = compiled.description();
        int targets = description.targetCount();
        ExplainedText explained = new ExplainedText(
                new double[targets],
                new double[targets],
                new double[targets * x.length],
                new ArrayList<>(),
                new double[targets]);
        description.layers().forEach(layer -> explained.layers.add(new double[targets * layer.size()]));
        Batch batch = new Batch(1, x)
                .output(explained.output)
                .contributions(explained.contributions)
                .layers(explained.layers.toArray());
        if (description.referenceBinding() != ModelDescription.ReferenceBinding.NONE) {
            batch.references(count, references)
                    .referenceOutput(explained.referenceOutput)
                    .convergenceDelta(explained.delta);
        }
        try (CompiledSession session = compiled.openSession()) {
            session.explain(batch, 0, 1);
        }
        return explained;
    }

    /** The contributions to one of several targets. */
    double[] contributions(int target) {
        int size = contributions.length / output.length;
        return java.util.Arrays.copyOfRange(contributions, target * size, (target + 1) * size);
    }

    static double sum(double[] values) {
        return java.util.Arrays.stream(values).sum();
    }
}
