package org.deepliftc.compiler.importer;

import java.util.List;
import org.deepliftc.compiler.diagnostic.Diagnostic;
import org.deepliftc.compiler.graph.Model;

/** A model from a file of another tool, and what of the file was left out. */
public record Imported(Model model, List<Diagnostic> warnings) {
    public Imported {
        warnings = List.copyOf(warnings);
    }
}
