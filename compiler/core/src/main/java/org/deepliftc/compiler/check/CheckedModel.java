package org.deepliftc.compiler.check;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.graph.Model;

/** A model in which nothing is wrong, and what may be a mistake nevertheless. */
public record CheckedModel(Model model, List<Diagnostic> warnings) {
    public CheckedModel {
        warnings = List.copyOf(warnings);
    }
}
