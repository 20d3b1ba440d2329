package org.deepliftc.cli;

import org.deepliftc.compiler.explain.ExplainOptions;
import org.deepliftc.compiler.explain.Reference;
import org.deepliftc.compiler.graph.Model;

/** What a class is compiled for when only its predictions are wanted. */
final class Predictions {
    private Predictions() {}

    /** The model's own explanation with zeros for references, so that no file of references is read for nothing. */
    static ExplainOptions options(Model model) {
        return model.explain().withReferences(java.util.Map.of("*", new Reference.Zeros()));
    }
}
