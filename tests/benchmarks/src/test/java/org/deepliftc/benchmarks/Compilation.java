package org.deepliftc.benchmarks;

import java.util.Locale;
import java.util.Map;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.runtime.CompiledModel;

/** How the benchmarks compile: the one place that knows what the parameter {@code backend} stands for. */
final class Compilation {
    /** As the model file says. */
    static final ExplainOptions MODELS_REFERENCE = ExplainOptions.NONE;

    /** References that come with each batch, and weights as they are. */
    static final ExplainOptions GIVEN_REFERENCES = ExplainOptions.NONE
            .withReferences(Map.of("*", new Reference.Given()))
            .withNormalisedOnehot(false);

    private Compilation() {}

    /**
     * Compiles and loads a model.
     *
     * @param batch the examples of a call, for which strategies are chosen
     */
    static CompiledModel load(Model model, String backend, ExplainOptions explain, int batch) {
        CompileOptions options = CompileOptions.DEFAULT
                .withBackend(Backend.valueOf(backend.toUpperCase(Locale.ROOT)))
                .withExpectedBatch(batch)
                .withExplain(explain);
        return Compiler.load(Compiler.compile(model, options));
    }
}
