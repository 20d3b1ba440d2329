package org.deepliftc.compiler.diagnostic;

import java.util.List;
import java.util.stream.Collectors;

/** Stops a phase whose input is wrong. Carries every problem the phase found; a person reads them rendered. */
public final class DiagnosticException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public DiagnosticException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .map(d -> (d.span().location().isEmpty() ? "" : d.span().location() + ": ") + d.message())
                .collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    public DiagnosticException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
