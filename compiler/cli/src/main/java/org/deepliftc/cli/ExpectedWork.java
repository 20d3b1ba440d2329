package org.deepliftc.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.deepliftc.compiler.driver.CompileOptions;
import org.deepliftc.compiler.driver.Compiler;
import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Method;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;
import org.deepliftc.compiler.schedule.Backend;
import org.deepliftc.compiler.schedule.CostModel;

/** How much a run will compute, before anything is compiled, and whether vector code pays for it. */
record ExpectedWork(double multiplyAdds) {

    /** Predicting so many examples. */
    static ExpectedWork ofPredictions(Model model, int examples) {
        return new ExpectedWork((double) examples * Compiler.predictionWork(model));
    }

    /**
     * Explaining so many examples: a pass forward for each, and one forward and one back for each of its references, or for
     * each point of a path. Empty where the references are as many as a file, unread as yet, has.
     */
    static Optional<ExpectedWork> ofExplanations(Model model, ExplainOptions options, int examples) {
        Method method = options.method().orElse(Method.DEEPLIFT);
        int references = 1;
        for (Model.InputDeclaration input : model.inputs()) {
            OptionalInt count = method.usesReference() ? count(options.reference(input.name())) : OptionalInt.of(1);
            if (count.isEmpty()) {
                return Optional.empty();
            }
            references = Math.max(references, count.getAsInt());
        }
        int points = method == Method.INTEGRATED_GRADIENTS ? options.steps().orElse(ExplainOptions.STEPS) : 1;
        double passes = 1 + 2.0 * references * points;
        return Optional.of(new ExpectedWork(examples * passes * Compiler.predictionWork(model)));
    }

    private static OptionalInt count(Reference reference) {
        if (reference instanceof Reference.Shuffled) {
            return OptionalInt.of(((Reference.Shuffled) reference).count());
        }
        boolean one = reference instanceof Reference.Zeros || reference instanceof Reference.MeanOf;
        return one ? OptionalInt.of(1) : OptionalInt.empty();
    }

    /** The options with scalar code where the backend was left open and so little work ends before vector code pays. */
    CompileOptions choose(CompileOptions options, int threads) {
        return options.backend() == Backend.AUTO && !CostModel.vectorsPay(multiplyAdds, threads)
                ? options.withBackend(Backend.SCALAR)
                : options;
    }
}
